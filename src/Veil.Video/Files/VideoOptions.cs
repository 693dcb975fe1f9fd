using Veil.Errors;
using Veil.Video.Ffmpeg;

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

    /// <summary>Where in the film the output begins; null is its start.</summary>
    public TimeSpan? Start { get; init; }

    /// <summary>Where in the film the output ends; null is its end.</summary>
    public TimeSpan? End { get; init; }

    /// <summary>Frames per second of the output, evenly spaced: frames are left out and repeated. Null keeps every frame at its time.</summary>
    public FrameRate? FrameRate { get; init; }

    /// <summary>Looks whether the installed ffmpeg can do what is asked for; nothing is asked of it where nothing is chosen.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>, <see cref="VeilErrorCode.MissingNative"/>.</exception>
    public void Check()
    {
        if (Start < TimeSpan.Zero || End <= (Start ?? TimeSpan.Zero))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Expected a film to end after it starts.", "Give --start and --end as times in the input, e.g. 1:30.");
        }

        if (Crf is < 0 or > 63)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"--crf expects 0 to 63, on the encoder's own scale, but received {Crf}.", "libx264's default here is 18; lower is better.");
        }

        if (Encoder is null)
        {
            return;
        }

        if (!FfmpegEncoders.Has(Encoder))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"ffmpeg has no video encoder '{Encoder}'.", "'ffmpeg -encoders' lists them.");
        }

        if (FfmpegEncoders.Try(Encoder, VideoEncoder.Settings(Encoder, this)) is { } problem)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"The video encoder '{Encoder}' does not work with these settings: {problem}", "Look at --crf and --encoder-preset; hardware encoders need their hardware.");
        }
    }
}
