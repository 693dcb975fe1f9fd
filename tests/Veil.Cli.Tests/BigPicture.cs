using Veil.Imaging;

namespace Veil.Tests;

/// <summary>A picture that keeps a worker busy for a while.</summary>
internal static class BigPicture
{
    public static void WriteTo(TemporaryFolder folder, string name)
    {
        // Noise does not compress, so that encoding takes its time as well.
        var pixels = new PixelBuffer(6000, 4000, PixelFormat.Rgb24);
        var random = new Random(5);
        for (var y = 0; y < pixels.Height; y++)
        {
            random.NextBytes(pixels.Row(y));
        }

        using var picture = Picture.FromPixels(pixels, PictureFormat.Png);
        folder.Write(name, picture.Encode());
    }
}
