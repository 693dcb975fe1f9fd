using System.Globalization;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;
using Veil.Vision.Native;

namespace Veil.Vision;

/// <summary>
/// Telea's inpainting: pixels are filled from the hole's edge inwards, each as a weighted mean of what is known around it
/// (A. Telea, An image inpainting technique based on the fast marching method, 2004; OpenCV's implementation).
/// </summary>
public static class TeleaInpainting
{
    /// <summary>
    /// Makes the engine. A hole that leaves nothing of the picture becomes black. Rows of the picture may be padded; the
    /// work takes the hole's bounding box and a rim of the radius.
    /// </summary>
    /// <param name="radius">How far to look around a pixel, 1..100 pixels; rounded to whole pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is outside 1..100.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: OpenCV is not here.</exception>
    public static Inpainter Create(float radius)
    {
        if (radius is not (>= 1 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(radius), radius, string.Create(CultureInfo.InvariantCulture, $"Expected a radius of 1 to 100 pixels."));
        }

        VisionLibrary.Require("Telea's inpainting");
        return (image, hole) => Fill(image, hole, radius);
    }

    private static unsafe void Fill(PixelBuffer image, RegionMask hole, float radius)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(hole);
        if (hole.Bounds.Intersect(image.Bounds) != hole.Bounds)
        {
            throw new ArgumentException($"Expected a hole within {image.Bounds}, but received {hole.Bounds}.", nameof(hole));
        }

        // The radius's rim, two pixels for gradients and one for the front's own neighbours.
        var window = hole.Bounds.Inflate((int)MathF.Ceiling(radius) + 3).Intersect(image.Bounds);
        var mask = new byte[window.Width * window.Height];
        for (var y = hole.Bounds.Top; y < hole.Bounds.Bottom; y++)
        {
            hole.Row(y).CopyTo(mask.AsSpan(((y - window.Top) * window.Width) + hole.Bounds.Left - window.Left));
        }

        using var pinned = new PinnedImage(image.View(window));
        fixed (byte* first = mask)
        {
            VisionLibrary.Check(
                NativeMethods.veil_inpaint_telea(
                    pinned.Native.Pixels, pinned.Native.Stride, window.Width, window.Height, first, (nuint)window.Width, radius),
                "Telea's inpainting",
                VeilErrorCode.AnonymizationFailed);
        }
    }
}
