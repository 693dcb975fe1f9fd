namespace Veil.Video.Files;

/// <summary>What a field of a video file belongs to.</summary>
public enum VideoFieldKind
{
    /// <summary>A tag of the file, a stream or an attachment.</summary>
    Tag,

    /// <summary>The title of a chapter.</summary>
    Chapter,

    /// <summary>A stream of data: telemetry, time codes.</summary>
    Data,

    /// <summary>A cover or thumbnails.</summary>
    Cover,

    /// <summary>A file in the file that is no font.</summary>
    Attachment,

    /// <summary>Words inside the stream of pictures.</summary>
    ClosedCaptions,
}

/// <summary>Something beside pictures, sound and subtitles.</summary>
/// <param name="Kind">What it belongs to.</param>
/// <param name="Where">The file or the stream, e.g. <c>file</c> or <c>audio 1</c>.</param>
/// <param name="Name">The tag's name, or the codec's.</param>
/// <param name="Value">What it says.</param>
public sealed record VideoField(VideoFieldKind Kind, string Where, string Name, string Value);

/// <summary>What a video file holds beside pictures, sound and subtitles, as ffprobe tells it.</summary>
/// <param name="Format">ffmpeg's names of the container, with commas.</param>
/// <param name="Fields">In the file's order; the container's structure (brands, durations, languages) is not among them.</param>
public sealed record VideoContents(string Format, IReadOnlyList<VideoField> Fields);
