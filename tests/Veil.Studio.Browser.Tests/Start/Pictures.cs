using Veil.Imaging;

namespace Veil.Studio.Browser.Tests.Start;

/// <summary>Small pictures with nobody in them.</summary>
internal static class Pictures
{
    /// <summary>A square, shaded from top to bottom.</summary>
    public static byte[] Png(int side)
    {
        var pixels = new PixelBuffer(side, side, PixelFormat.Rgb24);
        for (var y = 0; y < side; y++)
        {
            pixels.Row(y).Fill((byte)(90 + y));
        }

        using var picture = Picture.FromPixels(pixels, PictureFormat.Png);
        return picture.Encode();
    }
}
