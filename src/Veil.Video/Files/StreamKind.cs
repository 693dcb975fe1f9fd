namespace Veil.Video.Files;

/// <summary>What a stream of a file holds.</summary>
internal enum StreamKind
{
    /// <summary>Moving pictures.</summary>
    Video,

    /// <summary>A still that belongs to the file: cover art, a thumbnail.</summary>
    Cover,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Text or pictures of text, timed.</summary>
    Subtitle,

    /// <summary>Fonts and other files.</summary>
    Attachment,

    /// <summary>Telemetry, time codes, anything else.</summary>
    Data,
}
