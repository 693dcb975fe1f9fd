namespace Veil.Video.Files;

/// <summary>How videos are encoded.</summary>
public sealed record VideoOptions
{
    /// <summary>ffmpeg's name of an encoder, e.g. <c>libx264</c> or <c>h264_nvenc</c>; null chooses one of the source's codec family.</summary>
    public string? Encoder { get; init; }

    /// <summary>Quality on the encoder's own scale, lower is better; null is near the source.</summary>
    public int? Crf { get; init; }

    /// <summary>The encoder's preset by its name; null is the encoder's medium.</summary>
    public string? Preset { get; init; }
}
