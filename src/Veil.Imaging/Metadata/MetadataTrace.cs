namespace Veil.Imaging.Metadata;

/// <summary>What a trace can tell.</summary>
public enum TraceKind
{
    /// <summary>Where the picture was taken.</summary>
    Place,

    /// <summary>Who made, owns or is in it.</summary>
    Name,

    /// <summary>A second picture: thumbnail, preview, gain map, depth map, motion photo.</summary>
    Thumbnail,

    /// <summary>Camera, lens, their serial numbers, the computer.</summary>
    Device,

    /// <summary>The camera maker's own, undocumented record; usually with serial numbers, sometimes with a preview.</summary>
    MakerNote,

    /// <summary>When it was taken or edited.</summary>
    Time,

    /// <summary>Titles, captions, comments, keywords.</summary>
    Text,

    /// <summary>A signed history of the picture (C2PA, JUMBF).</summary>
    Provenance,

    /// <summary>Bytes after the end of the picture.</summary>
    Trailing,

    /// <summary>Data whose meaning is not public, and document identifiers.</summary>
    Private,

    /// <summary>Programs used.</summary>
    Software,

    /// <summary>The colour profile, which names a screen or camera at most; it is kept for the colours' sake.</summary>
    Profile,
}

/// <summary>How far a trace identifies somebody by itself.</summary>
public enum TraceSeverity
{
    /// <summary>Hardly.</summary>
    Low,

    /// <summary>Together with others.</summary>
    Medium,

    /// <summary>By itself.</summary>
    High,
}

/// <summary>Something in a file that can identify somebody.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Severity">How far it identifies.</param>
/// <param name="Where">The part of the file, e.g. <c>EXIF</c> or <c>PNG tEXt</c>.</param>
/// <param name="Name">The field.</param>
/// <param name="Value">What it says, cut to a few hundred characters, free of control characters.</param>
public sealed record MetadataTrace(TraceKind Kind, TraceSeverity Severity, string Where, string Name, string Value);
