namespace Veil.Video.Files;

/// <summary>A stream as ffprobe describes it.</summary>
/// <param name="Index">Its number in the file.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Codec">ffmpeg's name of the codec; empty when unknown.</param>
internal sealed record ProbedStream(int Index, StreamKind Kind, string Codec)
{
    /// <summary>Language tag; empty when there is none.</summary>
    public string Language { get; init; } = "";

    /// <summary>Columns as stored; 0 without pictures.</summary>
    public int Width { get; init; }

    /// <summary>Rows as stored; 0 without pictures.</summary>
    public int Height { get; init; }

    /// <summary>Clockwise turn that shows it upright, degrees: 0, 90, 180 or 270.</summary>
    public int Rotation { get; init; }

    /// <summary>ffmpeg's name of the pixel format; empty without pictures.</summary>
    public string PixelFormat { get; init; } = "";

    /// <summary>ffmpeg's names of matrix, range, primaries, transfer and chroma location; empty where the file does not say.</summary>
    public ColourTags Colour { get; init; } = new("", "", "", "", "");

    /// <summary>ffmpeg's name of the field order: <c>progressive</c>, <c>tt</c> …; empty when the file does not say.</summary>
    public string FieldOrder { get; init; } = "";

    /// <summary>Width and height of a pixel, e.g. <c>1:1</c>; empty when the file does not say.</summary>
    public string SampleAspect { get; init; } = "";

    /// <summary>Frames by the header; 0 when it does not say.</summary>
    public long Frames { get; init; }

    /// <summary>Average frames per second; 0 when unknown.</summary>
    public double FrameRate { get; init; }

    /// <summary>Time from frame to frame as <c>1001:30000</c> seconds; empty when unknown.</summary>
    public string FrameDuration { get; init; } = "";

    /// <summary>Ticks per second of the stream's time base; 0 when it is no whole number.</summary>
    public long TicksPerSecond { get; init; }

    /// <summary>Bits per second; 0 when unknown.</summary>
    public long BitRate { get; init; }

    /// <summary>Which dispositions are set, by ffmpeg's names: <c>default</c>, <c>forced</c> …</summary>
    public IReadOnlyList<string> Dispositions { get; init; } = [];

    /// <summary>Media type of an attachment; empty otherwise.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>File name of an attachment; empty otherwise.</summary>
    public string FileName { get; init; } = "";

    /// <summary>True for an attachment that is a font with a name, which subtitles need.</summary>
    public bool IsFont => Kind == StreamKind.Attachment && FileName.Length > 0 && MediaType.Contains("font", StringComparison.OrdinalIgnoreCase);
}

/// <summary>How samples become light.</summary>
/// <param name="Space">Matrix.</param>
/// <param name="Range"><c>tv</c> or <c>pc</c>.</param>
/// <param name="Primaries">Primaries.</param>
/// <param name="Transfer">Transfer characteristics.</param>
/// <param name="ChromaLocation">Where colour samples lie.</param>
internal sealed record ColourTags(string Space, string Range, string Primaries, string Transfer, string ChromaLocation);
