using System.Runtime.InteropServices;
using Veil.Anonymization;
using Veil.Imaging;

namespace Veil.Conformance.Tests;

/// <summary>Pictures made in code, the same on every machine.</summary>
public static class TestPictures
{
    public const byte Padding = 0xA5;

    /// <summary>Random bytes in rows with padding, inside a larger buffer; 16-bit channels hold no 8-bit values.</summary>
    public static PixelBuffer Noise(int width, int height, PixelFormat format, int seed, int padding = 0)
    {
        var random = new SplitMix64((ulong)seed);
        var row = width * format.BytesPerPixel();
        var bytes = new byte[(row + padding) * height];
        Array.Fill(bytes, Padding);
        for (var y = 0; y < height; y++)
        {
            var pixels = bytes.AsSpan(y * (row + padding), row);
            for (var i = 0; i < pixels.Length; i++)
            {
                pixels[i] = (byte)random.Next();
            }

            if (format.BytesPerChannel() == 2)
            {
                foreach (ref var value in MemoryMarshal.Cast<byte, ushort>(pixels))
                {
                    value = value % 257 == 0 ? (ushort)(value ^ 1) : value;
                }
            }
        }

        return PixelBuffer.Wrap(bytes, width, height, row + padding, format);
    }

    /// <summary>Gradients, a disc, stripes and a bright corner: something for each kind of filter to change.</summary>
    public static PixelBuffer Scene(int width, int height)
    {
        var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        for (var y = 0; y < height; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < width; x++)
            {
                var (dx, dy) = ((2 * x) - width, (2 * y) - height);
                var disc = (dx * dx) + (dy * dy) < height * height / 3;
                var stripe = disc && (x / 3 % 2) == 0;
                row[3 * x] = (byte)(disc ? 220 - (y * 90 / height) : x * 255 / width);
                row[(3 * x) + 1] = (byte)(stripe ? 40 : disc ? 170 : y * 255 / height);
                row[(3 * x) + 2] = (byte)(x > width * 3 / 4 && y < height / 4 ? 250 : ((x * 7) + (y * 13)) % 64);
            }
        }

        return picture;
    }

    /// <summary>A round face: opaque inside, transparent in the corners and the mouth, half transparent at the rim.</summary>
    public static PixelBuffer Sticker()
    {
        const int side = 40;
        var picture = new PixelBuffer(side, side, PixelFormat.Rgba32);
        for (var y = 0; y < side; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < side; x++)
            {
                var (dx, dy) = ((2 * x) + 1 - side, (2 * y) + 1 - side);
                var square = (dx * dx) + (dy * dy);
                var mouth = y is > 26 and < 31 && x is > 10 and < 30;
                var eye = y is > 12 and < 18 && x is (> 10 and < 15) or (> 25 and < 30);
                var alpha = mouth ? 0 : square < 34 * 34 ? 255 : square < side * side ? 128 : 0;
                (row[4 * x], row[(4 * x) + 1], row[(4 * x) + 2], row[(4 * x) + 3]) =
                    ((byte)(eye ? 60 : 240), (byte)(eye ? 30 : 200), (byte)(eye ? 10 : 40), (byte)alpha);
            }
        }

        return picture;
    }

    /// <summary>The bytes of all rows, without padding.</summary>
    public static byte[] Bytes(PixelBuffer picture)
    {
        var row = picture.Width * picture.Format.BytesPerPixel();
        var bytes = new byte[row * picture.Height];
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Row(y).CopyTo(bytes.AsSpan(y * row));
        }

        return bytes;
    }
}
