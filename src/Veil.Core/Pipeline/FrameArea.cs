using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Pipeline;

/// <summary>Part of a frame as models want it. What lies around it may not be decoded yet, and is not.</summary>
internal static class FrameArea
{
    /// <summary>The pixels of an area, <see cref="PixelFormat.Rgb24"/>; dispose after use.</summary>
    /// <param name="frame">The frame; only read.</param>
    /// <param name="area">Within the frame, not empty.</param>
    public static PixelBuffer Rgb(Frame frame, PixelRect area)
    {
        var picture = frame.PixelsIn(area);
        if (picture.Format == PixelFormat.Rgb24)
        {
            return picture.View(area);
        }

        var rgb = new PixelBuffer(area.Width, area.Height, PixelFormat.Rgb24);
        PixelConversion.ToRgb24(picture, area, rgb);
        return rgb;
    }
}
