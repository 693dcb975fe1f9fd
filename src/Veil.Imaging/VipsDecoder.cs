using Veil.Errors;
using Veil.Imaging.Jpeg;
using Veil.Imaging.Native;
using Veil.Imaging.WebP;

namespace Veil.Imaging;

/// <summary>Decodes all formats that libvips reads. The loader is chosen by Veil, never by libvips.</summary>
internal static unsafe class VipsDecoder
{
    public static PictureTraits ReadHeader(PictureFormat format, EncodedBytes file, PictureLimits limits) =>
        Guard(format, () => VipsLibrary.Run(() =>
        {
            using var header = Open(format, file, VipsFailOn.Error, VipsPages.First);
            return new VipsLayout(header, format, limits).Traits;
        }));

    public static Picture Decode(PictureFormat format, EncodedBytes file, PictureLimits limits)
    {
        var picture = Guard(format, () => format == PictureFormat.Jpeg ? DecodeJpeg(file, limits) : DecodeStrictly(format, file, limits, VipsFailOn.Error));
        return picture;
    }

    // The IJG library calls everything short of a failure a warning: a stray byte as well as a picture that ends halfway.
    // Libvips can stop at all or at none, so the first warning decides.
    private static Picture DecodeJpeg(EncodedBytes file, PictureLimits limits)
    {
        try
        {
            return DecodeStrictly(PictureFormat.Jpeg, file, limits, VipsFailOn.Warning);
        }
        catch (VipsFailure failure) when (!JpegWarnings.LosePixels(failure.Message))
        {
            return DecodeStrictly(PictureFormat.Jpeg, file, limits, VipsFailOn.Error);
        }
    }

    private static Picture DecodeStrictly(PictureFormat format, EncodedBytes file, PictureLimits limits, VipsFailOn failOn) => VipsLibrary.Run(() =>
    {
        VipsLayout layout;
        using (var header = Open(format, file, failOn, VipsPages.First))
        {
            layout = new VipsLayout(header, format, limits);
            if (layout.Traits.Frames == 1)
            {
                return Read(header, layout, file);
            }
        }

        using var pages = Open(format, file, failOn, VipsPages.All);
        return Read(pages, layout, file);
    });

    private static Picture Read(VipsImage image, VipsLayout layout, EncodedBytes file)
    {
        var frames = new List<PixelBuffer>();
        var inks = new List<CmykPixels>();
        try
        {
            for (var page = 0; page < layout.Traits.Frames; page++)
            {
                // Pages lie below one another; read in order, each is decoded once and only one is in memory twice.
                using var area = layout.Traits.Frames == 1 ? null : Extract(image, page * layout.StoredHeight, layout.StoredHeight);
                VipsFrames.Read(area ?? image, layout, frames, inks);
            }

            return new Picture(Describe(layout.Traits, file), frames, inks, layout.Notes);
        }
        catch
        {
            frames.ForEach(frame => frame.Dispose());
            inks.ForEach(frame => frame.Dispose());
            throw;
        }
    }

    private static PictureTraits Describe(PictureTraits traits, EncodedBytes file) => traits.Format switch
    {
        PictureFormat.Jpeg => traits with { Jpeg = JpegHeader.Read(file.Span) },
        PictureFormat.WebP => traits with { WebP = WebPHeader.Read(file.Span) },
        _ => traits,
    };

    private static VipsImage Extract(VipsImage image, int top, int height)
    {
        using var operation = new VipsOperation("extract_area");
        return operation.Set("input", image).Set("left", 0).Set("top", top).Set("width", image.Width).Set("height", height).ToImage();
    }

    private static VipsImage Open(PictureFormat format, EncodedBytes file, VipsFailOn failOn, VipsPages pages)
    {
        using var operation = new VipsOperation(format switch
        {
            PictureFormat.Jpeg => "jpegload_buffer",
            PictureFormat.Png => "pngload_buffer",
            PictureFormat.WebP => "webpload_buffer",
            PictureFormat.Tiff => "tiffload_buffer",
            PictureFormat.Gif => "gifload_buffer",
            PictureFormat.Avif or PictureFormat.Heif => "heifload_buffer",
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Expected a format that libvips reads."),
        });
        operation.Set("buffer", file).Set("access", VipsAccess.Sequential).Set("fail_on", failOn);
        if (pages == VipsPages.All)
        {
            operation.Set("n", -1);
        }

        return operation.ToImage();
    }

    private static T Guard<T>(PictureFormat format, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (VipsFailure failure) when (format == PictureFormat.Heif)
        {
            throw new VeilException(
                VeilErrorCode.UnsupportedFormat,
                $"Expected HEIF with a codec that this build has (AV1), but it cannot be decoded: {failure.Message}",
                "convert it to JPEG or AVIF first",
                failure);
        }
        catch (VipsFailure failure)
        {
            throw new VeilException(
                VeilErrorCode.CorruptInput,
                $"Expected a complete {format.Name()} picture, but it cannot be decoded: {failure.Message}",
                "open and save it with the program that made it, or fetch it again",
                failure);
        }
    }
}
