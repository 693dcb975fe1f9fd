using Veil.Imaging.Jpeg.Coefficients;
using Veil.Pipeline;

namespace Veil.Imaging;

/// <summary>Still pictures and animations for the pipeline. Thread-safe.</summary>
/// <param name="limits">How large an input may be.</param>
/// <param name="options">How results are encoded.</param>
/// <param name="overwrite">What to do where an output is already.</param>
public sealed class PictureMedia(PictureLimits limits, EncodeOptions options, OverwritePolicy overwrite) : IMediaFormat
{
    /// <inheritdoc/>
    public IFrameSource Open(MediaItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        cancellationToken.ThrowIfCancellationRequested();
        if (item.Path != MediaItem.StandardInput)
        {
            return PictureFile.Read(item.Path, limits, Open);
        }

        using var input = Console.OpenStandardInput();
        return PictureFile.Read(input, limits, Open);
    }

    /// <inheritdoc/>
    public IFrameSink Create(IFrameSource source, string target) => (source, target) switch
    {
        (JpegCoefficientSource jpeg, MediaItem.StandardInput) => JpegCoefficientSink.ToStream(Console.OpenStandardOutput(), jpeg),
        (JpegCoefficientSource jpeg, _) => JpegCoefficientSink.ToFile(target, jpeg, overwrite),
        (PictureSource picture, MediaItem.StandardInput) => PictureSink.ToStream(Console.OpenStandardOutput(), picture.Picture, options),
        (PictureSource picture, _) => PictureSink.ToFile(target, picture.Picture, options, overwrite),
        _ => throw new ArgumentException($"Expected a source that pictures were opened with, but received {source.GetType().Name}.", nameof(source)),
    };

    private IFrameSource Open(ReadOnlySpan<byte> file, PictureLimits checkedLimits)
    {
        var keepsBlocks = options is { Mode: EncodeMode.Auto, Format: null or PictureFormat.Jpeg, Quality: null } && Picture.Sniff(file, checkedLimits) == PictureFormat.Jpeg;
        if (!keepsBlocks)
        {
            return new PictureSource(Picture.Decode(file, checkedLimits));
        }

        return JpegCoefficientSource.TryOpen(file, checkedLimits, out var reason) is { } jpeg
            ? jpeg
            : new PictureSource(Picture.Decode(file, checkedLimits), ["coded anew as a whole: " + reason]);
    }
}
