using System.Numerics;
using System.Runtime.CompilerServices;

namespace Veil.Kernels;

/// <summary>
/// Edge-preserving mean of 8-bit interleaved pixels: neighbours count by their distance and by how alike they are.
/// Thread-safe: no state is shared between calls.
/// </summary>
/// <remarks>
/// As cv2.bilateralFilter for 8 bits: circular window, reflect-101, likeness by the sum of absolute channel differences.
/// With 4 channels the first three decide the weights and all four are averaged. The exponential is a polynomial of our
/// own (relative error below 3e-7) instead of a table: it runs on whole vectors, and gives the same bits on every machine.
/// </remarks>
public static unsafe class BilateralFilter
{
    /// <summary>Filters a picture or part of one.</summary>
    /// <param name="source">Rows of interleaved 8-bit channels.</param>
    /// <param name="sourceStride">Bytes from row to row of the source.</param>
    /// <param name="target">Receives the result; must not overlap the source. Row padding is left alone.</param>
    /// <param name="targetStride">Bytes from row to row of the target.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="diameter">Of the window in pixels; 0 takes 1.5 <paramref name="sigmaSpace"/> as radius. At most 2,047.</param>
    /// <param name="sigmaColor">Standard deviation in grey levels, above 0.</param>
    /// <param name="sigmaSpace">Standard deviation in pixels, above 0.</param>
    /// <exception cref="ArgumentException">A size, stride or span does not fit, or a sigma is not a positive number.</exception>
    public static void Apply(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int diameter, float sigmaColor, float sigmaSpace) =>
        Apply(source, sourceStride, target, targetStride, width, height, channels, diameter, sigmaColor, sigmaSpace, KernelPath.Simd);

    internal static void Apply(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int diameter, float sigmaColor, float sigmaSpace, KernelPath path)
    {
        KernelArguments.CheckPixels(source.Length, sourceStride, target.Length, targetStride, width, height, channels);
        KernelArguments.CheckPositive(sigmaColor, nameof(sigmaColor));
        KernelArguments.CheckPositive(sigmaSpace, nameof(sigmaSpace));
        ArgumentOutOfRangeException.ThrowIfNegative(diameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(diameter, 2047);
        var radius = Math.Clamp(diameter == 0 ? (int)Math.Round(Math.Min(sigmaSpace * 1.5, 1023)) : diameter / 2, 1, 1023);
        var window = new Window(width, height, channels, radius, sigmaColor, sigmaSpace);
        if (path == KernelPath.Scalar)
        {
            ApplyScalar(source, sourceStride, target, targetStride, window);
            return;
        }

        // The rows under the window as floats, one plane per channel, mirrored at both ends; row y sits in slot y mod slots.
        var padded = width + (2 * radius) + Vector<float>.Count;
        var slots = (2 * radius) + 1;
        using var rows = new Scratch<float>(checked(slots * channels * padded));
        using var result = new Scratch<float>(channels * padded);
        rows.Span.Clear();
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            for (var y = -radius; y < height + radius; y++)
            {
                var row = from + ((nint)Reflect101.Index(y, height) * sourceStride);
                var slot = rows.Pointer + ((nint)((y + radius) % slots) * channels * padded);
                Spread(row, slot, window, padded);
                if (y >= radius)
                {
                    Row(rows.Pointer, y - radius, result.Pointer, window, padded);
                    Gather(result.Pointer, to + ((nint)(y - radius) * targetStride), window, padded);
                }
            }
        }
    }

    private static void Spread(byte* row, float* planes, Window window, int padded)
    {
        for (var channel = 0; channel < window.Channels; channel++)
        {
            var plane = planes + (channel * padded);
            for (var x = -window.Radius; x < window.Width + window.Radius; x++)
            {
                plane[x + window.Radius] = row[(Reflect101.Index(x, window.Width) * window.Channels) + channel];
            }
        }
    }

    private static void Gather(float* planes, byte* row, Window window, int padded)
    {
        for (var channel = 0; channel < window.Channels; channel++)
        {
            for (var x = 0; x < window.Width; x++)
            {
                row[(x * window.Channels) + channel] = (byte)planes[(channel * padded) + x];
            }
        }
    }

    private static void Row(float* rows, int y, float* result, Window window, int padded)
    {
        var (channels, radius, slots) = (window.Channels, window.Radius, (2 * window.Radius) + 1);
        var color = new Vector<float>(window.ColorFactor);
        var half = new Vector<float>(0.5f);
        var centre = rows + ((nint)((y + radius) % slots) * channels * padded) + radius;
        for (var x = 0; x < window.Width; x += Vector<float>.Count)
        {
            var c0 = Vector.Load(centre + x);
            var c1 = channels > 1 ? Vector.Load(centre + padded + x) : default;
            var c2 = channels > 1 ? Vector.Load(centre + (2 * padded) + x) : default;
            Vector<float> total, s0, s1, s2, s3;
            total = s0 = s1 = s2 = s3 = Vector<float>.Zero;
            foreach (var tap in window.Taps)
            {
                var at = rows + ((nint)((y + tap.Dy + radius) % slots) * channels * padded) + radius + x + tap.Dx;
                var p0 = Vector.Load(at);
                var difference = Vector.Abs(p0 - c0);
                if (channels == 1)
                {
                    var w = Exponential(difference * difference * color) * new Vector<float>(tap.Weight);
                    total += w;
                    s0 += w * p0;
                    continue;
                }

                var p1 = Vector.Load(at + padded);
                var p2 = Vector.Load(at + (2 * padded));
                difference = difference + Vector.Abs(p1 - c1) + Vector.Abs(p2 - c2);
                var weight = Exponential(difference * difference * color) * new Vector<float>(tap.Weight);
                total += weight;
                s0 += weight * p0;
                s1 += weight * p1;
                s2 += weight * p2;
                if (channels == 4)
                {
                    s3 += weight * Vector.Load(at + (3 * padded));
                }
            }

            Vector.Store((s0 / total) + half, result + x);
            if (channels > 1)
            {
                Vector.Store((s1 / total) + half, result + padded + x);
                Vector.Store((s2 / total) + half, result + (2 * padded) + x);
            }

            if (channels == 4)
            {
                Vector.Store((s3 / total) + half, result + (3 * padded) + x);
            }
        }
    }

    private static void ApplyScalar(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, Window window)
    {
        var channels = window.Channels;
        Span<float> sums = stackalloc float[4];
        for (var y = 0; y < window.Height; y++)
        {
            for (var x = 0; x < window.Width; x++)
            {
                var centre = source.Slice((y * sourceStride) + (x * channels), channels);
                var total = 0f;
                sums.Clear();
                foreach (var tap in window.Taps)
                {
                    var row = Reflect101.Index(y + tap.Dy, window.Height) * sourceStride;
                    var pixel = source.Slice(row + (Reflect101.Index(x + tap.Dx, window.Width) * channels), channels);
                    float difference = Math.Abs(pixel[0] - centre[0]);
                    for (var channel = 1; channel < Math.Min(3, channels); channel++)
                    {
                        difference += Math.Abs(pixel[channel] - centre[channel]);
                    }

                    var weight = Exponential(difference * difference * window.ColorFactor) * tap.Weight;
                    total += weight;
                    for (var channel = 0; channel < channels; channel++)
                    {
                        sums[channel] += weight * pixel[channel];
                    }
                }

                for (var channel = 0; channel < channels; channel++)
                {
                    target[(y * targetStride) + (x * channels) + channel] = (byte)((sums[channel] / total) + 0.5f);
                }
            }
        }
    }

    // 2^x for x ≤ 0: the whole part goes into the exponent bits, 2^fraction is its Taylor series about 0 on ±½.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Exponential(Vector<float> x)
    {
        x = Vector.Max(x, new Vector<float>(Power.Smallest));
        var whole = Vector.ConvertToInt32(x - new Vector<float>(0.5f));
        var f = x - Vector.ConvertToSingle(whole);
        var p = (new Vector<float>(Power.P6) * f) + new Vector<float>(Power.P5);
        p = (p * f) + new Vector<float>(Power.P4);
        p = (p * f) + new Vector<float>(Power.P3);
        p = (p * f) + new Vector<float>(Power.P2);
        p = (p * f) + new Vector<float>(Power.P1);
        p = (p * f) + Vector<float>.One;
        return Vector.As<int, float>(Vector.As<float, int>(p) + Vector.ShiftLeft(whole, 23));
    }

    private static float Exponential(float x)
    {
        x = Math.Max(x, Power.Smallest);
        var whole = (int)(x - 0.5f);
        var f = x - whole;
        var p = (Power.P6 * f) + Power.P5;
        p = (p * f) + Power.P4;
        p = (p * f) + Power.P3;
        p = (p * f) + Power.P2;
        p = (p * f) + Power.P1;
        p = (p * f) + 1;
        return BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(p) + (whole << 23));
    }

    /// <summary>ln(2)ⁿ / n!, and the exponent below which a weight no longer matters and would leave the normal numbers.</summary>
    private static class Power
    {
        public const float Smallest = -100;
        public const float P1 = 0.69314718f;
        public const float P2 = 0.24022651f;
        public const float P3 = 0.05550411f;
        public const float P4 = 0.00961813f;
        public const float P5 = 0.00133336f;
        public const float P6 = 0.00015404f;
    }

    private readonly record struct Tap(int Dx, int Dy, float Weight);

    private sealed class Window
    {
        public Window(int width, int height, int channels, int radius, float sigmaColor, float sigmaSpace)
        {
            (Width, Height, Channels, Radius) = (width, height, channels, radius);

            // e^(−d²/2σ²) = 2^(d² × factor).
            ColorFactor = (float)(-0.5 / ((double)sigmaColor * sigmaColor * Math.Log(2)));
            var taps = new List<Tap>();
            for (var dy = -radius; dy <= radius; dy++)
            {
                for (var dx = -radius; dx <= radius; dx++)
                {
                    var squared = (dx * dx) + (dy * dy);
                    if (squared <= radius * radius)
                    {
                        taps.Add(new Tap(dx, dy, (float)Math.Exp(-0.5 * squared / ((double)sigmaSpace * sigmaSpace))));
                    }
                }
            }

            Taps = [.. taps];
        }

        public int Width { get; }

        public int Height { get; }

        public int Channels { get; }

        public int Radius { get; }

        public float ColorFactor { get; }

        public Tap[] Taps { get; }
    }
}
