using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization;

/// <summary>A method that makes its result from the region's pixels.</summary>
public abstract class FilteringAnonymizer : RegionAnonymizer
{
    /// <summary>Draws every pixel of the canvas's target. Called from several threads at once.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="source">The picture's pixels in the canvas's place, <see cref="PixelFormat.Rgb24"/>, of the same size; only to be read.</param>
    protected abstract void Filter(RegionCanvas canvas, PixelBuffer source);

    private protected sealed override void Render(PixelBuffer image, RegionCanvas canvas)
    {
        if (image.Format == PixelFormat.Rgb24)
        {
            Filter(canvas, image.View(canvas.Area));
            return;
        }

        using var source = new PixelBuffer(canvas.Width, canvas.Height, PixelFormat.Rgb24);
        PixelConversion.ToRgb24(image, canvas.Area, source);
        Filter(canvas, source);
    }
}
