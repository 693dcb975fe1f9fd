using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Studio.Projects;

/// <summary>Encodes pixels for browsers. Thread-safe.</summary>
internal static class BrowserPictures
{
    private const int Quality = 88;

    /// <summary>Reduces and encodes.</summary>
    /// <param name="pixels"><see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <param name="longest">Most pixels of the longer side; 0 for full size.</param>
    public static EncodedPicture Encode(PixelBuffer pixels, int longest)
    {
        using var picture = Picture.FromPixels(Reduce(pixels, longest), PictureFormat.Jpeg);
        return new EncodedPicture(picture.Encode(new EncodeOptions { Quality = Quality }), "image/jpeg");
    }

    private static PixelBuffer Reduce(PixelBuffer pixels, int longest)
    {
        var scale = longest > 0 ? Math.Min(1.0, (double)longest / Math.Max(pixels.Width, pixels.Height)) : 1;
        if (scale >= 1)
        {
            return pixels.View(pixels.Bounds);
        }

        var reduced = FrameDecoder.Empty(Math.Max(1, (int)Math.Round(scale * pixels.Width)), Math.Max(1, (int)Math.Round(scale * pixels.Height)));
        Resampler.Apply(pixels.Span, pixels.Stride, pixels.Width, pixels.Height, reduced.Span, reduced.Stride, reduced.Width, reduced.Height, 3, Resampling.Area);
        return reduced;
    }
}
