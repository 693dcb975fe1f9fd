using System.Runtime.InteropServices;

namespace Veil.Imaging.Tests;

/// <summary>Makes pictures for tests.</summary>
internal static class Pictures
{
    /// <summary>Smooth colours with a little structure, different in every frame; alpha runs from 0 to full.</summary>
    public static PixelBuffer Paint(int width, int height, PixelFormat format, int seed = 0)
    {
        var buffer = new PixelBuffer(width, height, format);
        var channels = format.Channels();
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    var alpha = format.HasAlpha() && channel == channels - 1;
                    var value = alpha
                        ? (x + y) / (double)Math.Max(1, width + height - 2)
                        : 0.5 + (0.4 * Math.Sin((x * 0.07 * (channel + 1)) + (y * 0.05) + seed + channel));
                    if (format.BytesPerChannel() == 2)
                    {
                        MemoryMarshal.Cast<byte, ushort>(buffer.Row(y))[(x * channels) + channel] = (ushort)Math.Round(value * 65535);
                    }
                    else
                    {
                        buffer.Row(y)[(x * channels) + channel] = (byte)Math.Round(value * 255);
                    }
                }
            }
        }

        return buffer;
    }

    public static Picture Create(PictureTraits traits, params PixelBuffer[] frames) => new(traits, frames, [], []);

    public static Picture Create(PictureFormat format, params PixelBuffer[] frames) =>
        Create(new PictureTraits(format, frames[0].Width, frames[0].Height, frames.Length, frames[0].Format), frames);

    public static byte[] Encode(PictureFormat format, int width, int height, PixelFormat pixels, EncodeOptions? options = null)
    {
        using var picture = Create(format, Paint(width, height, pixels));
        return picture.Encode(options);
    }

    /// <summary>The largest difference of any channel, on the scale of the format.</summary>
    public static int LargestDifference(PixelBuffer expected, PixelBuffer actual)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Format), (actual.Width, actual.Height, actual.Format));
        var largest = 0;
        for (var y = 0; y < expected.Height; y++)
        {
            if (expected.Format.BytesPerChannel() == 2)
            {
                var a = MemoryMarshal.Cast<byte, ushort>(expected.Row(y));
                var b = MemoryMarshal.Cast<byte, ushort>(actual.Row(y));
                for (var i = 0; i < a.Length; i++)
                {
                    largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
                }
            }
            else
            {
                var a = expected.Row(y);
                var b = actual.Row(y);
                for (var i = 0; i < a.Length; i++)
                {
                    largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
                }
            }
        }

        return largest;
    }

    public static double MeanDifference(PixelBuffer expected, PixelBuffer actual)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Format), (actual.Width, actual.Height, actual.Format));
        var sum = 0L;
        for (var y = 0; y < expected.Height; y++)
        {
            var a = expected.Row(y);
            var b = actual.Row(y);
            for (var i = 0; i < a.Length; i++)
            {
                sum += Math.Abs(a[i] - b[i]);
            }
        }

        return sum / (double)(expected.Height * expected.Row(0).Length);
    }
}
