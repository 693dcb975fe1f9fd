using System.Numerics;
using System.Runtime.Intrinsics;

namespace Veil.Kernels;

/// <summary>
/// Mean of a square window of 8-bit interleaved pixels, by running sums: the cost does not grow with the window.
/// Thread-safe: no state is shared between calls.
/// </summary>
/// <remarks>
/// Window and border are those of cv2.blur: pixels <c>x − k/2 .. x − k/2 + k − 1</c>, reflect-101. The mean is exact and
/// halves round up; OpenCV rounds halves up or to even depending on its version and the window size.
/// </remarks>
public static unsafe class BoxBlur
{
    // Largest window whose sums, rounding term included, stay below 2³¹.
    private const int LargestIntWindow = 2899;

    /// <summary>Blurs a picture or part of one.</summary>
    /// <param name="source">Rows of interleaved 8-bit channels.</param>
    /// <param name="sourceStride">Bytes from row to row of the source.</param>
    /// <param name="target">Receives the result; must not overlap the source. Row padding is left alone.</param>
    /// <param name="targetStride">Bytes from row to row of the target.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1, 3 or 4; each is blurred by itself.</param>
    /// <param name="kernelSize">Columns and rows of the window, 1 to 32,768; may be even and may exceed the picture.</param>
    /// <exception cref="ArgumentException">A size, stride or span does not fit.</exception>
    public static void Apply(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int kernelSize) =>
        Apply(source, sourceStride, target, targetStride, width, height, channels, kernelSize, KernelPath.Simd);

    internal static void Apply(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int kernelSize, KernelPath path)
    {
        KernelArguments.CheckPixels(source.Length, sourceStride, target.Length, targetStride, width, height, channels);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kernelSize, 32768);
        if (path == KernelPath.Scalar || kernelSize > LargestIntWindow)
        {
            ApplyScalar(source, sourceStride, target, targetStride, width, height, channels, kernelSize);
            return;
        }

        var rowBytes = width * channels;
        var (anchor, period) = (kernelSize / 2, Reflect101.Period(height));
        using var sums = new Scratch<int>(rowBytes + 1);
        sums.Span.Clear();
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            // A window longer than the mirrored line's period contains whole periods: each is summed once and multiplied.
            var whole = kernelSize / period;
            if (whole > 0)
            {
                for (var i = 0; i < period; i++)
                {
                    Add(sums.Pointer, from + ((nint)Reflect101.Index(i, height) * sourceStride), rowBytes, whole);
                }
            }

            for (var i = 0; i < kernelSize - (whole * period); i++)
            {
                Add(sums.Pointer, from + ((nint)Reflect101.Index(i - anchor, height) * sourceStride), rowBytes, 1);
            }

            var window = new RowWindow(width, channels, kernelSize);
            using var prefix = new Scratch<int>(window.PrefixLength);
            for (var y = 0; y < height; y++)
            {
                window.Mean(sums.Pointer, prefix.Pointer, to + ((nint)y * targetStride));
                if (y + 1 < height)
                {
                    var leaving = from + ((nint)Reflect101.Index(y - anchor, height) * sourceStride);
                    var entering = from + ((nint)Reflect101.Index(y - anchor + kernelSize, height) * sourceStride);
                    Slide(sums.Pointer, entering, leaving, rowBytes);
                }
            }
        }
    }

    private static void Add(int* sums, byte* row, int count, int times)
    {
        var i = 0;
        for (; i <= count - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.Load(row + i), out var low, out var high);
            Vector.Widen(low.As<ushort, short>(), out var a, out var b);
            Vector.Widen(high.As<ushort, short>(), out var c, out var d);
            var at = sums + i;
            Vector.Store(Vector.Load(at) + (a * times), at);
            at += Vector<int>.Count;
            Vector.Store(Vector.Load(at) + (b * times), at);
            at += Vector<int>.Count;
            Vector.Store(Vector.Load(at) + (c * times), at);
            at += Vector<int>.Count;
            Vector.Store(Vector.Load(at) + (d * times), at);
        }

        for (; i < count; i++)
        {
            sums[i] += row[i] * times;
        }
    }

    private static void Slide(int* sums, byte* entering, byte* leaving, int count)
    {
        var i = 0;
        for (; i <= count - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.Load(entering + i), out var enteringLow, out var enteringHigh);
            Vector.Widen(Vector.Load(leaving + i), out var leavingLow, out var leavingHigh);

            // Differences fit 16 signed bits; widening them keeps the sign.
            Vector.Widen((enteringLow - leavingLow).As<ushort, short>(), out var a, out var b);
            Vector.Widen((enteringHigh - leavingHigh).As<ushort, short>(), out var c, out var d);
            var at = sums + i;
            Vector.Store(Vector.Load(at) + a, at);
            at += Vector<int>.Count;
            Vector.Store(Vector.Load(at) + b, at);
            at += Vector<int>.Count;
            Vector.Store(Vector.Load(at) + c, at);
            at += Vector<int>.Count;
            Vector.Store(Vector.Load(at) + d, at);
        }

        for (; i < count; i++)
        {
            sums[i] += entering[i] - leaving[i];
        }
    }

    private static void ApplyScalar(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int kernelSize)
    {
        var anchor = kernelSize / 2;
        var area = (long)kernelSize * kernelSize;
        var columns = new long[width * channels];
        for (var i = 0; i < kernelSize; i++)
        {
            var row = Reflect101.Index(i - anchor, height) * sourceStride;
            for (var x = 0; x < columns.Length; x++)
            {
                columns[x] += source[row + x];
            }
        }

        for (var y = 0; y < height; y++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                var sum = 0L;
                for (var i = 0; i < kernelSize; i++)
                {
                    sum += columns[(Reflect101.Index(i - anchor, width) * channels) + channel];
                }

                for (var x = 0; x < width; x++)
                {
                    target[(y * targetStride) + (x * channels) + channel] = (byte)(((2 * sum) + area) / (2 * area));
                    sum += columns[(Reflect101.Index(x - anchor + kernelSize, width) * channels) + channel];
                    sum -= columns[(Reflect101.Index(x - anchor, width) * channels) + channel];
                }
            }

            var leaving = Reflect101.Index(y - anchor, height) * sourceStride;
            var entering = Reflect101.Index(y - anchor + kernelSize, height) * sourceStride;
            for (var x = 0; x < columns.Length; x++)
            {
                columns[x] += source[entering + x] - source[leaving + x];
            }
        }
    }

    /// <summary>Turns one row of column sums into means of windows.</summary>
    private readonly struct RowWindow
    {
        private readonly int _width;
        private readonly int _channels;
        private readonly int _kernelSize;
        private readonly int _rest;
        private readonly int[] _positions;

        public RowWindow(int width, int channels, int kernelSize)
        {
            (_width, _channels, _kernelSize) = (width, channels, kernelSize);
            var period = Reflect101.Period(width);
            _rest = kernelSize % period;
            _positions = new int[width + _rest];
            for (var i = 0; i < _positions.Length; i++)
            {
                _positions[i] = Reflect101.Index(i - (kernelSize / 2), width) * channels;
            }
        }

        public int PrefixLength => ((_positions.Length + 1) * _channels) + 1;

        public void Mean(int* sums, int* prefix, byte* target)
        {
            // Prefix sums may wrap around: the difference of two is right all the same.
            if (_channels == 1)
            {
                var sum = 0;
                for (var i = 0; i < _positions.Length; i++)
                {
                    prefix[i] = sum;
                    sum += sums[_positions[i]];
                }

                prefix[_positions.Length] = sum;
            }
            else
            {
                // Four lanes per pixel: with three channels the fourth is the next pixel's first, which comes right later.
                var sum = Vector128<int>.Zero;
                for (var i = 0; i < _positions.Length; i++)
                {
                    sum.Store(prefix);
                    prefix += _channels;
                    sum += Vector128.Load(sums + _positions[i]);
                }

                sum.Store(prefix);
                prefix -= _positions.Length * _channels;
            }

            var area = _kernelSize * _kernelSize;
            var count = _width * _channels;
            var step = _rest * _channels;
            var whole = _kernelSize / Reflect101.Period(_width);
            var done = whole > 0 ? MeanOfPeriods(sums, prefix, target, whole) : 0;
            var reciprocal = new Vector<float>(1f / area);
            var (areas, halves) = (new Vector<int>(area), new Vector<int>(area / 2));
            for (; done <= count - Vector<byte>.Count; done += Vector<byte>.Count)
            {
                var from = prefix + done;
                var low = Vector.Narrow(
                    Divide(from, step, halves, areas, reciprocal),
                    Divide(from + Vector<int>.Count, step, halves, areas, reciprocal));
                from += 2 * Vector<int>.Count;
                var high = Vector.Narrow(
                    Divide(from, step, halves, areas, reciprocal),
                    Divide(from + Vector<int>.Count, step, halves, areas, reciprocal));
                Vector.Store(Vector.Narrow(low.As<short, ushort>(), high.As<short, ushort>()), target + done);
            }

            for (; done < count; done++)
            {
                target[done] = (byte)((prefix[done + step] - prefix[done] + (area / 2)) / area);
            }
        }

        private int MeanOfPeriods(int* sums, int* prefix, byte* target, int whole)
        {
            var area = _kernelSize * _kernelSize;
            var step = _rest * _channels;
            for (var channel = 0; channel < _channels; channel++)
            {
                // One period holds the outermost pixels once and all others twice.
                var total = _width == 1 ? sums[channel] : -sums[channel] - sums[((_width - 1) * _channels) + channel];
                for (var x = 0; _width > 1 && x < _width; x++)
                {
                    total += 2 * sums[(x * _channels) + channel];
                }

                for (var x = 0; x < _width; x++)
                {
                    var at = (x * _channels) + channel;
                    target[at] = (byte)(((whole * total) + prefix[at + step] - prefix[at] + (area / 2)) / area);
                }
            }

            return _width * _channels;
        }

        // The quotient in single precision is off by at most one; the exact remainder says which way.
        private static Vector<int> Divide(int* prefix, int step, Vector<int> halves, Vector<int> areas, Vector<float> reciprocal)
        {
            var sum = Vector.Load(prefix + step) - Vector.Load(prefix) + halves;
            var quotient = Vector.ConvertToInt32(Vector.ConvertToSingle(sum) * reciprocal);
            var remainder = sum - (quotient * areas);
            quotient += Vector.LessThan(remainder, Vector<int>.Zero);
            return quotient - Vector.GreaterThanOrEqual(remainder, areas);
        }
    }
}
