using Veil.Errors;
using Veil.Imaging.Avif;
using Veil.Imaging.Jpeg;
using Veil.Imaging.Native;
using Veil.Imaging.Png;
using Veil.Imaging.Tiff;
using Veil.Imaging.WebP;

namespace Veil.Imaging;

/// <summary>Decodes all formats that libvips reads. The loader is chosen by Veil, never by libvips.</summary>
internal static unsafe class VipsDecoder
{
    public static PictureTraits ReadHeader(PictureFormat format, EncodedBytes file, PictureLimits limits) =>
        Guard(format, () => VipsLibrary.Run(() =>
        {
            using var header = OpenPage(format, file, VipsFailOn.Error, 0);
            return new VipsLayout(header, format, limits, PageRule(format, file)).Traits;
        }));

    public static Picture Decode(PictureFormat format, EncodedBytes file, PictureLimits limits) =>
        Guard(format, () => format == PictureFormat.Jpeg ? DecodeJpeg(file, limits) : DecodeStrictly(format, file, limits, VipsFailOn.Error));

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
        using var first = OpenPage(format, file, failOn, 0);
        var layout = new VipsLayout(first, format, limits, PageRule(format, file));
        var frames = new List<PixelBuffer>();
        var inks = new List<CmykPixels>();
        try
        {
            VipsFrames.Read(first, layout, frames, inks);
            using var strip = layout.Traits.Frames > 1 && format != PictureFormat.Tiff ? OpenAll(format, file, failOn) : null;
            for (var page = 1; page < layout.Traits.Frames; page++)
            {
                // Frames of an animation build on one another: they lie below one another in one tall image, which is
                // decoded once, from the top. Pages of a TIFF stand alone.
                using var image = strip is null ? OpenPage(format, file, failOn, page) : Extract(strip, page * layout.StoredHeight, layout.StoredHeight);
                VipsFrames.Read(image, layout, frames, inks);
            }

            return new Picture(Describe(layout.Traits, file), frames, inks, [.. layout.Notes, .. Remarks(format, file)]);
        }
        catch
        {
            frames.ForEach(frame => frame.Dispose());
            inks.ForEach(frame => frame.Dispose());
            throw;
        }
    });

    private static PictureTraits Describe(PictureTraits traits, EncodedBytes file) => traits.Format switch
    {
        PictureFormat.Jpeg => traits with { Jpeg = JpegHeader.Read(file.Span) },
        PictureFormat.WebP => traits with { WebP = WebPHeader.Read(file.Span) },
        PictureFormat.Avif => traits with { Avif = AvifHeader.Read(file.Span) },
        PictureFormat.Tiff => traits with { Tiff = TiffHeader.Read(file.Span).Compression },
        _ => traits,
    };

    // The PNG library reads the still picture alone; the frames of an animation lie in chunks that it skips.
    private static string[] Remarks(PictureFormat format, EncodedBytes file) => format == PictureFormat.Png && PngHeader.IsAnimated(file.Span)
        ? ["the frames of the PNG's animation were left out: only its still picture is read"]
        : [];

    // The pages of a TIFF become frames when they are alike; a HEIF's further pictures are other pictures.
    private static PagePolicy PageRule(PictureFormat format, EncodedBytes file) => format switch
    {
        PictureFormat.Avif or PictureFormat.Heif => PagePolicy.FirstOnly,
        PictureFormat.Tiff when !TiffHeader.Read(file.Span).PagesAlike => PagePolicy.FirstOnly,
        _ => PagePolicy.All,
    };

    private static VipsImage Extract(VipsImage image, int top, int height)
    {
        using var operation = new VipsOperation("extract_area");
        return operation.Set("input", image).Set("left", 0).Set("top", top).Set("width", image.Width).Set("height", height).ToImage();
    }

    private static VipsImage OpenPage(PictureFormat format, EncodedBytes file, VipsFailOn failOn, int page)
    {
        using var loader = CreateLoader(format, file, failOn);
        return (page == 0 ? loader : loader.Set("page", page)).ToImage();
    }

    private static VipsImage OpenAll(PictureFormat format, EncodedBytes file, VipsFailOn failOn)
    {
        using var loader = CreateLoader(format, file, failOn);
        return loader.Set("n", -1).ToImage();
    }

    private static VipsOperation CreateLoader(PictureFormat format, EncodedBytes file, VipsFailOn failOn) => new VipsOperation(format switch
    {
        PictureFormat.Jpeg => "jpegload_buffer",
        PictureFormat.Png => "pngload_buffer",
        PictureFormat.WebP => "webpload_buffer",
        PictureFormat.Tiff => "tiffload_buffer",
        PictureFormat.Gif => "gifload_buffer",
        PictureFormat.Avif or PictureFormat.Heif => "heifload_buffer",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Expected a format that libvips reads."),
    }).Set("buffer", file).Set("access", VipsAccess.Sequential).Set("fail_on", failOn);

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
