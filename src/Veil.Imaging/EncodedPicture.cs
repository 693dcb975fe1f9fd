using Veil.Errors;
using Veil.Imaging.Bmp;
using Veil.Imaging.Metadata;
using Veil.Imaging.Native;

namespace Veil.Imaging;

/// <summary>The bytes of a file to be written; native memory, disposed by whoever asked for them.</summary>
internal sealed class EncodedPicture : IDisposable
{
    private readonly VipsBlob? _blob;
    private readonly byte[] _array;

    private EncodedPicture(VipsBlob? blob, byte[] array) => (_blob, _array) = (blob, array);

    public ReadOnlySpan<byte> Bytes => _blob is null ? _array : _blob.Bytes.Span;

    /// <summary>Encodes frames as the picture they came from.</summary>
    /// <param name="source">How it was coded; its own frames are not looked at.</param>
    /// <param name="frames">As many as the source has, all of one size and format.</param>
    /// <param name="options">How.</param>
    public static EncodedPicture Encode(Picture source, IReadOnlyList<PixelBuffer> frames, EncodeOptions options)
    {
        var target = options.TargetOf(source.Traits);
        Check(source.Traits, frames, options, target);
        if (target != PictureFormat.Bmp)
        {
            var blob = VipsEncoder.Encode(source.Traits, frames, source.Cmyk, options);
            return source.Carried is { } carried ? WithMetadata(blob, carried, target) : new EncodedPicture(blob, []);
        }

        return frames[0].Format.BytesPerChannel() == 1
            ? new EncodedPicture(null, BmpEncoder.Encode(frames[0]))
            : throw new VeilException(VeilErrorCode.EncodeFailed, $"Expected 8 bits a channel for bmp, but received {frames[0].Format}.", "choose --format png");
    }

    public void Dispose() => _blob?.Dispose();

    private static EncodedPicture WithMetadata(VipsBlob blob, CarriedMetadata carried, PictureFormat target)
    {
        byte[]? written;
        try
        {
            written = MetadataWriter.Write(carried, blob.Bytes.Span, target);
        }
        catch
        {
            blob.Dispose();
            throw;
        }

        if (written is null)
        {
            return new EncodedPicture(blob, []);
        }

        blob.Dispose();
        return new EncodedPicture(null, written);
    }

    private static void Check(PictureTraits traits, IReadOnlyList<PixelBuffer> frames, EncodeOptions options, PictureFormat target)
    {
        if (frames.Count != traits.Frames)
        {
            throw new VeilException(VeilErrorCode.EncodeFailed, $"Expected {traits.Frames} frames, but received {frames.Count}.");
        }

        if (frames.Any(frame => frame.Width != frames[0].Width || frame.Height != frames[0].Height || frame.Format != frames[0].Format))
        {
            throw new VeilException(VeilErrorCode.EncodeFailed, "Expected frames of one size and format.");
        }

        if (frames.Count > 1 && target is not (PictureFormat.Gif or PictureFormat.WebP or PictureFormat.Tiff))
        {
            throw new VeilException(VeilErrorCode.EncodeFailed, $"Expected one frame for {target.Name()}, but received {frames.Count}.", "choose --format webp, gif or tiff");
        }

        if (options.Quality is < 1 or > 100)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Expected a quality of 1..100, but received {options.Quality}.");
        }

        if (options.Covered is { } covered && covered.Count != frames.Count)
        {
            throw new ArgumentException($"Expected masks for {frames.Count} frames, but received {covered.Count}.", nameof(options));
        }
    }
}
