using Veil.Pipeline;

namespace Veil.Imaging;

/// <summary>Still pictures and animations for the pipeline. Thread-safe.</summary>
/// <param name="limits">How large an input may be.</param>
/// <param name="options">How results are encoded.</param>
/// <param name="overwrite">What to do where an output is already.</param>
/// <param name="times">Which modification time outputs bear.</param>
public sealed class PictureMedia(PictureLimits limits, EncodeOptions options, OverwritePolicy overwrite, OutputTimes times = OutputTimes.Now) : IMediaFormat
{
    /// <inheritdoc/>
    public IFrameSource Open(MediaItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        cancellationToken.ThrowIfCancellationRequested();
        if (item.Path != MediaItem.StandardInput)
        {
            return new PictureSource(PictureFile.Open(item.Path, limits, options)) { Modified = ModifiedTime(item.Path) };
        }

        using var input = Console.OpenStandardInput();
        return new PictureSource(PictureFile.Open(input, limits, options));
    }

    /// <inheritdoc/>
    public IFrameSink Create(IFrameSource source, string target)
    {
        var picture = ((PictureSource)source).Picture;
        return target == MediaItem.StandardInput
            ? PictureSink.ToStream(Console.OpenStandardOutput(), picture, options)
            : PictureSink.ToFile(target, picture, options, overwrite, ((PictureSource)source).Modified);
    }

    private DateTime? ModifiedTime(string path) => times switch
    {
        OutputTimes.Now => null,
        OutputTimes.Keep => File.GetLastWriteTimeUtc(path),
        OutputTimes.Zero => DateTime.UnixEpoch,
        _ => throw new InvalidOperationException($"Expected a known choice of times, but received {times}."),
    };
}
