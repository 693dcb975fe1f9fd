using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

internal delegate void Kernel(TestPicture source, TestPicture target, KernelPath path);

/// <summary>Pixels with row padding of a known value, so that a kernel that writes there is found out.</summary>
internal sealed class TestPicture
{
    private const byte Padding = 0xA5;

    public TestPicture(int width, int height, int channels, int padding)
    {
        (Width, Height, Channels) = (width, height, channels);
        Stride = (width * channels) + padding;
        Pixels = new byte[(Stride * (height - 1)) + (width * channels)];
        Array.Fill(Pixels, Padding);
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    public int Stride { get; }

    public byte[] Pixels { get; }

    public byte this[int x, int y, int channel]
    {
        get => Pixels[(y * Stride) + (x * Channels) + channel];
        set => Pixels[(y * Stride) + (x * Channels) + channel] = value;
    }

    /// <summary>Noise, black-and-white noise, stripes or a smooth picture: what kernels find hard differs.</summary>
    public static TestPicture Random(int width, int height, int channels, int padding, int seed)
    {
        var picture = new TestPicture(width, height, channels, padding);
        var random = new Random(seed);
        var kind = seed % 4;
        var period = random.Next(1, 40);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    picture[x, y, channel] = kind switch
                    {
                        0 => (byte)random.Next(256),
                        1 => (byte)(random.Next(2) * 255),
                        2 => (byte)((x + y + channel) / period % 2 * 255),
                        _ => (byte)(127.5 + (120 * Math.Sin((x * 0.13) + (y * 0.07) + channel)) + random.Next(-3, 4)),
                    };
                }
            }
        }

        return picture;
    }

    public static TestPicture Constant(int width, int height, int channels, byte value)
    {
        var picture = new TestPicture(width, height, channels, 0);
        Array.Fill(picture.Pixels, value);
        return picture;
    }

    /// <summary>Runs a kernel into a new picture of the same size whose rows have other padding, and checks the padding.</summary>
    public TestPicture Run(Kernel kernel, KernelPath path)
    {
        var target = new TestPicture(Width, Height, Channels, (Stride - (Width * Channels)) ^ 5);
        kernel(this, target, path);
        target.AssertPaddingIsUntouched();
        return target;
    }

    public void AssertPaddingIsUntouched()
    {
        for (var y = 0; y + 1 < Height; y++)
        {
            var padding = Pixels.AsSpan((y * Stride) + (Width * Channels), Stride - (Width * Channels));
            Assert.False(padding.ContainsAnyExcept(Padding), $"The padding of row {y} was written.");
        }
    }

    public void AssertEqual(TestPicture other, int tolerance, string because)
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                for (var channel = 0; channel < Channels; channel++)
                {
                    var (expected, actual) = (this[x, y, channel], other[x, y, channel]);
                    if (Math.Abs(expected - actual) > tolerance)
                    {
                        Assert.Fail($"{because}: at ({x}, {y}) channel {channel} expected {expected} ± {tolerance}, but received {actual} ({Width}×{Height}×{Channels}, stride {Stride}).");
                    }
                }
            }
        }
    }

    public double Mean() => Enumerable.Range(0, Height).Average(y => Pixels.AsSpan(y * Stride, Width * Channels).ToArray().Average(value => (double)value));
}
