using Veil.Imaging;
using Veil.Regions;

namespace Veil.Vision.Tests;

/// <summary>Pictures that are the same in every run, with rows padded by bytes that nothing may touch.</summary>
internal static class Noise
{
    public const byte Padding = 0xA5;

    public static PixelBuffer Picture(int width, int height, int seed = 1, int padding = 0)
    {
        var stride = (width * 3) + padding;
        var bytes = new byte[stride * height];
        Array.Fill(bytes, Padding);
        var random = new Random(seed);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                // Patches of eight pixels with some grain: corners for keypoints, gradients for detectors.
                var patch = HashCode(seed, x / 8, y / 8);
                for (var channel = 0; channel < 3; channel++)
                {
                    bytes[(y * stride) + (x * 3) + channel] = (byte)Math.Clamp(((patch >> (channel * 8)) & 255) + random.Next(-9, 10), 0, 255);
                }
            }
        }

        return PixelBuffer.Wrap(bytes, width, height, stride, PixelFormat.Rgb24);
    }

    /// <summary>An ellipse with a soft edge in the rectangle.</summary>
    public static RegionMask Ellipse(PixelRect bounds)
    {
        var coverage = new byte[bounds.Width * bounds.Height];
        for (var y = 0; y < bounds.Height; y++)
        {
            for (var x = 0; x < bounds.Width; x++)
            {
                var (dx, dy) = ((x + 0.5) / bounds.Width * 2 - 1, (y + 0.5) / bounds.Height * 2 - 1);
                coverage[(y * bounds.Width) + x] = (byte)Math.Clamp((1.1 - (dx * dx) - (dy * dy)) * 1000, 0, 255);
            }
        }

        return new RegionMask(bounds, coverage);
    }

    private static int HashCode(int seed, int x, int y)
    {
        var value = (uint)((seed * 73856093) ^ (x * 19349663) ^ (y * 83492791));
        value ^= value >> 13;
        value *= 0x5bd1e995;
        return (int)(value ^ (value >> 15));
    }
}
