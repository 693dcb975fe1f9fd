using Veil.Imaging;

namespace Veil.Studio.Live;

/// <summary>Pixels of three bytes to planes in the order green, blue, red, as ffmpeg's gbrp has them. No colour is converted, so that none is lost.</summary>
internal static class Rgb24Planes
{
    /// <summary>Writes the planes.</summary>
    /// <param name="pixels">Rgb24.</param>
    /// <param name="planes">Three planes without padding.</param>
    public static void Split(PixelBuffer pixels, Span<byte> planes)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        var (width, size) = (pixels.Width, pixels.Width * pixels.Height);
        for (var y = 0; y < pixels.Height; y++)
        {
            var row = pixels.Row(y)[..(3 * width)];
            var green = planes.Slice(y * width, width);
            var blue = planes.Slice(size + (y * width), width)[..green.Length];
            var red = planes.Slice((2 * size) + (y * width), width)[..green.Length];
            for (var (x, at) = (0, 0); x < green.Length; (x, at) = (x + 1, at + 3))
            {
                (red[x], green[x], blue[x]) = (row[at], row[at + 1], row[at + 2]);
            }
        }
    }
}
