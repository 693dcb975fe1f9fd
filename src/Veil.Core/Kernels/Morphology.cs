using System.Numerics;

namespace Veil.Kernels;

/// <summary>
/// Dilation and erosion of 8-bit interleaved pixels with a square of ones. Thread-safe: no state is shared between calls.
/// </summary>
/// <remarks>
/// As cv2.dilate and cv2.erode: the window is <c>x − k/2 .. x − k/2 + k − 1</c>, what lies outside the picture never wins,
/// and n iterations are one with a window of <c>n (k − 1) + 1</c>. A window of any size is the extreme of two overlapping
/// windows of a power of two, which are built by doubling: a logarithm of steps over contiguous bytes.
/// </remarks>
public static unsafe class Morphology
{
    private const int StripBytes = 64;

    private interface IExtreme
    {
        static abstract byte Neutral { get; }

        static abstract byte Of(byte a, byte b);

        static abstract Vector<byte> Of(Vector<byte> a, Vector<byte> b);
    }

    /// <summary>Gives every pixel the largest value of its window, channel by channel.</summary>
    /// <param name="source">Rows of interleaved 8-bit channels.</param>
    /// <param name="sourceStride">Bytes from row to row of the source.</param>
    /// <param name="target">Receives the result; must not overlap the source. Row padding is left alone.</param>
    /// <param name="targetStride">Bytes from row to row of the target.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="kernelSize">Columns and rows of the window, at least 1.</param>
    /// <param name="iterations">How often, at least 0.</param>
    /// <exception cref="ArgumentException">A size, stride or span does not fit.</exception>
    public static void Dilate(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int kernelSize, int iterations) =>
        Dilate(source, sourceStride, target, targetStride, width, height, channels, kernelSize, iterations, KernelPath.Simd);

    /// <summary>Gives every pixel the smallest value of its window, channel by channel.</summary>
    /// <param name="source">Rows of interleaved 8-bit channels.</param>
    /// <param name="sourceStride">Bytes from row to row of the source.</param>
    /// <param name="target">Receives the result; must not overlap the source. Row padding is left alone.</param>
    /// <param name="targetStride">Bytes from row to row of the target.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="kernelSize">Columns and rows of the window, at least 1.</param>
    /// <param name="iterations">How often, at least 0.</param>
    /// <exception cref="ArgumentException">A size, stride or span does not fit.</exception>
    public static void Erode(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int kernelSize, int iterations) =>
        Erode(source, sourceStride, target, targetStride, width, height, channels, kernelSize, iterations, KernelPath.Simd);

    internal static void Dilate(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int kernelSize, int iterations, KernelPath path) =>
        Apply<Largest>(source, sourceStride, target, targetStride, width, height, channels, kernelSize, iterations, path);

    internal static void Erode(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int kernelSize, int iterations, KernelPath path) =>
        Apply<Smallest>(source, sourceStride, target, targetStride, width, height, channels, kernelSize, iterations, path);

    private static void Apply<TExtreme>(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int kernelSize, int iterations, KernelPath path)
        where TExtreme : struct, IExtreme
    {
        KernelArguments.CheckPixels(source.Length, sourceStride, target.Length, targetStride, width, height, channels);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(iterations);

        // Reaching further than the picture changes nothing.
        var before = (long)iterations * (kernelSize / 2);
        var after = ((long)iterations * (kernelSize - 1)) - before;
        var (left, right) = ((int)Math.Min(before, width - 1), (int)Math.Min(after, width - 1));
        var (above, below) = ((int)Math.Min(before, height - 1), (int)Math.Min(after, height - 1));
        if (path == KernelPath.Scalar)
        {
            ApplyScalar<TExtreme>(source, sourceStride, target, targetStride, width, height, channels, left, right, above, below);
            return;
        }

        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            Across<TExtreme>(from, sourceStride, to, targetStride, width * channels, height, left * channels, right * channels, channels);
            if (above + below > 0)
            {
                Down<TExtreme>(to, targetStride, width * channels, height, above, below);
            }
        }
    }

    private static void Across<TExtreme>(byte* source, int sourceStride, byte* target, int targetStride, int rowBytes, int height, int left, int right, int channels)
        where TExtreme : struct, IExtreme
    {
        var length = rowBytes + left + right;
        using var line = new Scratch<byte>(length);
        for (var y = 0; y < height; y++)
        {
            line.Span[..left].Fill(TExtreme.Neutral);
            new ReadOnlySpan<byte>(source + ((nint)y * sourceStride), rowBytes).CopyTo(line.Span[left..]);
            line.Span[(left + rowBytes)..].Fill(TExtreme.Neutral);

            var window = (left + right) / channels + 1;
            var reach = 1;
            for (; 2 * reach <= window; reach *= 2)
            {
                var shift = reach * channels;
                Combine<TExtreme>(line.Pointer, line.Pointer + shift, line.Pointer, length - ((2 * reach - 1) * channels));
            }

            Combine<TExtreme>(line.Pointer, line.Pointer + ((window - reach) * channels), target + ((nint)y * targetStride), rowBytes);
        }
    }

    // In place, strip by strip, so that the rows of a strip stay in the first cache.
    private static void Down<TExtreme>(byte* pixels, int stride, int rowBytes, int height, int above, int below)
        where TExtreme : struct, IExtreme
    {
        var rows = height + above + below;
        var window = above + below + 1;
        using var strip = new Scratch<byte>(checked(rows * StripBytes));
        for (var column = 0; column < rowBytes; column += StripBytes)
        {
            var count = Math.Min(StripBytes, rowBytes - column);
            strip.Span[..(above * StripBytes)].Fill(TExtreme.Neutral);
            for (var y = 0; y < height; y++)
            {
                new ReadOnlySpan<byte>(pixels + ((nint)y * stride) + column, count).CopyTo(strip.Span[((above + y) * StripBytes)..]);
            }

            strip.Span[((above + height) * StripBytes)..].Fill(TExtreme.Neutral);

            var reach = 1;
            for (; 2 * reach <= window; reach *= 2)
            {
                Combine<TExtreme>(strip.Pointer, strip.Pointer + (reach * StripBytes), strip.Pointer, (rows - (2 * reach) + 1) * StripBytes);
            }

            var other = strip.Pointer + ((window - reach) * StripBytes);
            for (var y = 0; y < height; y++)
            {
                Combine<TExtreme>(strip.Pointer + (y * StripBytes), other + (y * StripBytes), pixels + ((nint)y * stride) + column, count);
            }
        }
    }

    // Ascending, so the target may be the first operand: what is still to be read lies ahead.
    private static void Combine<TExtreme>(byte* a, byte* b, byte* target, int count)
        where TExtreme : struct, IExtreme
    {
        var i = 0;
        for (; i <= count - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Store(TExtreme.Of(Vector.Load(a + i), Vector.Load(b + i)), target + i);
        }

        for (; i < count; i++)
        {
            target[i] = TExtreme.Of(a[i], b[i]);
        }
    }

    private static void ApplyScalar<TExtreme>(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int left, int right, int above, int below)
        where TExtreme : struct, IExtreme
    {
        var between = new byte[width * channels * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    var value = TExtreme.Neutral;
                    for (var i = Math.Max(0, x - left); i <= Math.Min(width - 1, x + right); i++)
                    {
                        value = TExtreme.Of(value, source[(y * sourceStride) + (i * channels) + channel]);
                    }

                    between[(((y * width) + x) * channels) + channel] = value;
                }
            }
        }

        var rowBytes = width * channels;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < rowBytes; x++)
            {
                var value = TExtreme.Neutral;
                for (var i = Math.Max(0, y - above); i <= Math.Min(height - 1, y + below); i++)
                {
                    value = TExtreme.Of(value, between[(i * rowBytes) + x]);
                }

                target[(y * targetStride) + x] = value;
            }
        }
    }

    private readonly struct Largest : IExtreme
    {
        public static byte Neutral => 0;

        public static byte Of(byte a, byte b) => Math.Max(a, b);

        public static Vector<byte> Of(Vector<byte> a, Vector<byte> b) => Vector.Max(a, b);
    }

    private readonly struct Smallest : IExtreme
    {
        public static byte Neutral => 255;

        public static byte Of(byte a, byte b) => Math.Min(a, b);

        public static Vector<byte> Of(Vector<byte> a, Vector<byte> b) => Vector.Min(a, b);
    }
}
