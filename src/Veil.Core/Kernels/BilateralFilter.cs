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
/// own (relative error below 5e-5) instead of a table: it runs on whole vectors, and gives the same bits on every machine.
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
        using var places = new Scratch<nint>(window.Taps.Length);
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
                    Place(rows.Pointer, y - radius, window, padded, (float**)places.Pointer);
                    var centre = rows.Pointer + ((nint)(y % slots) * channels * padded) + radius;
                    if (channels == 1)
                    {
                        RowOfOne((float**)places.Pointer, centre, result.Pointer, window);
                    }
                    else
                    {
                        RowOfColours((float**)places.Pointer, centre, result.Pointer, window, padded);
                    }

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

    // Where each tap's row of planes stands while row y is the centre.
    private static void Place(float* rows, int y, Window window, int padded, float** places)
    {
        var slots = (2 * window.Radius) + 1;
        for (var i = 0; i < window.Taps.Length; i++)
        {
            var tap = window.Taps[i];
            places[i] = rows + ((nint)((y + tap.Dy + window.Radius) % slots) * window.Channels * padded) + window.Radius + tap.Dx;
        }
    }

    private static void RowOfOne(float** places, float* centre, float* result, Window window)
    {
        var color = new Vector<float>(window.ColorFactor);
        var half = new Vector<float>(0.5f);
        fixed (Tap* taps = window.Taps)
        {
            for (var x = 0; x < window.Width; x += Vector<float>.Count)
            {
                var c0 = Vector.Load(centre + x);
                Vector<float> total, s0;
                total = s0 = Vector<float>.Zero;
                for (var i = 0; i < window.Taps.Length; i++)
                {
                    var p0 = Vector.Load(places[i] + x);
                    var difference = p0 - c0;
                    var weight = Exponential((difference * difference * color) + new Vector<float>(taps[i].Exponent));
                    total += weight;
                    s0 += weight * p0;
                }

                Vector.Store((s0 / total) + half, result + x);
            }
        }
    }

    private static void RowOfColours(float** places, float* centre, float* result, Window window, int padded)
    {
        var color = new Vector<float>(window.ColorFactor);
        var half = new Vector<float>(0.5f);
        var (second, third, fourth) = (padded, 2 * padded, window.Channels == 4 ? 3 * padded : 0);
        fixed (Tap* taps = window.Taps)
        {
            for (var x = 0; x < window.Width; x += Vector<float>.Count)
            {
                var c0 = Vector.Load(centre + x);
                var c1 = Vector.Load(centre + second + x);
                var c2 = Vector.Load(centre + third + x);
                Vector<float> total, s0, s1, s2, s3;
                total = s0 = s1 = s2 = s3 = Vector<float>.Zero;
                for (var i = 0; i < window.Taps.Length; i++)
                {
                    var at = places[i] + x;
                    var p0 = Vector.Load(at);
                    var p1 = Vector.Load(at + second);
                    var p2 = Vector.Load(at + third);
                    var difference = Vector.Abs(p0 - c0) + Vector.Abs(p1 - c1) + Vector.Abs(p2 - c2);
                    var weight = Exponential((difference * difference * color) + new Vector<float>(taps[i].Exponent));
                    total += weight;
                    s0 += weight * p0;
                    s1 += weight * p1;
                    s2 += weight * p2;
                    if (fourth != 0)
                    {
                        s3 += weight * Vector.Load(at + fourth);
                    }
                }

                Vector.Store((s0 / total) + half, result + x);
                Vector.Store((s1 / total) + half, result + second + x);
                Vector.Store((s2 / total) + half, result + third + x);
                if (fourth != 0)
                {
                    Vector.Store((s3 / total) + half, result + fourth + x);
                }
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

                    var weight = Exponential((difference * difference * window.ColorFactor) + tap.Exponent);
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

    // 2^x for x ≤ 0: adding 1.5 × 2²³ leaves the whole part in the low bits, from where it is shifted into the exponent;
    // a polynomial gives 2^fraction on ±½.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Exponential(Vector<float> x)
    {
        x = Vector.Max(x, new Vector<float>(Power.Smallest));
        var shifted = x + new Vector<float>(Power.Shifter);
        var f = x - (shifted - new Vector<float>(Power.Shifter));
        var p = (new Vector<float>(Power.P4) * f) + new Vector<float>(Power.P3);
        p = (p * f) + new Vector<float>(Power.P2);
        p = (p * f) + new Vector<float>(Power.P1);
        p = (p * f) + Vector<float>.One;
        return Vector.As<int, float>(Vector.As<float, int>(p) + Vector.ShiftLeft(Vector.As<float, int>(shifted), 23));
    }

    private static float Exponential(float x)
    {
        x = Math.Max(x, Power.Smallest);
        var shifted = x + Power.Shifter;
        var f = x - (shifted - Power.Shifter);
        var p = (Power.P4 * f) + Power.P3;
        p = (p * f) + Power.P2;
        p = (p * f) + Power.P1;
        p = (p * f) + 1;
        return BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(p) + (BitConverter.SingleToInt32Bits(shifted) << 23));
    }

    /// <summary>ln(2)ⁿ / n!, and the exponent below which a weight no longer matters and would leave the normal numbers.</summary>
    private static class Power
    {
        public const float Smallest = -100;
        public const float Shifter = 12582912;
        public const float P1 = 0.69314718f;
        public const float P2 = 0.24022651f;
        public const float P3 = 0.05550411f;
        public const float P4 = 0.00961813f;
    }

    private readonly record struct Tap(int Dx, int Dy, float Exponent);

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
                        taps.Add(new Tap(dx, dy, (float)(-0.5 * squared / ((double)sigmaSpace * sigmaSpace * Math.Log(2)))));
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
