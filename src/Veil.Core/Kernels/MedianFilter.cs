using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Veil.Kernels;

/// <summary>
/// Median of a square window of 8-bit interleaved pixels; the cost does not grow with the window.
/// Thread-safe: no state is shared between calls.
/// </summary>
/// <remarks>
/// As cv2.medianBlur: window of <c>2 × radius + 1</c>, outermost pixels repeated beyond the border. The algorithm is
/// S. Perreault and P. Hébert, "Median Filtering in Constant Time" (2007): a histogram per column slides down, the
/// window's histogram slides across by adding one and subtracting one column. Histograms have a coarse level of 16 bins,
/// so only the one sixteenth that holds the median is kept up to date. Here all histograms are cumulative (those of a
/// sixteenth within it): sums of cumulative histograms are cumulative, and the bin of the median is found by one vector
/// comparison. Small windows are not counted: the median is selected by minima and maxima of whole vectors of pixels.
/// </remarks>
public static unsafe class MedianFilter
{
    private const int Coarse = 16;
    private const int Fine = 256;

    // Columns whose histograms (544 bytes each) stay in the second-level cache.
    private const int StripColumns = 768;

    // Up to here, selecting among all pixels of the window with vectors of pixels is faster than counting.
    private const int LargestSelection = 3;

    // Row b is what one pixel of bin b adds to a cumulative histogram of 16 bins: one from bin b on.
    private static readonly ushort[] Steps = MakeSteps();

    /// <summary>Filters a picture or part of one.</summary>
    /// <param name="source">Rows of interleaved 8-bit channels.</param>
    /// <param name="sourceStride">Bytes from row to row of the source.</param>
    /// <param name="target">Receives the result; must not overlap the source. Row padding is left alone.</param>
    /// <param name="targetStride">Bytes from row to row of the target.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1, 3 or 4; each is filtered by itself.</param>
    /// <param name="radius">Pixels on each side of the centre, 0 to 16,383.</param>
    /// <exception cref="ArgumentException">A size, stride or span does not fit.</exception>
    public static void Apply(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int radius) =>
        Apply(source, sourceStride, target, targetStride, width, height, channels, radius, KernelPath.Simd);

    internal static void Apply(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int radius, KernelPath path)
    {
        KernelArguments.CheckPixels(source.Length, sourceStride, target.Length, targetStride, width, height, channels);
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radius, 16383);
        if (radius == 0)
        {
            KernelArguments.CopyRows(source, sourceStride, target, targetStride, width * channels, height);
            return;
        }

        if (path == KernelPath.Scalar)
        {
            ApplyScalar(source, sourceStride, target, targetStride, width, height, channels, radius);
            return;
        }

        if (radius <= LargestSelection)
        {
            MedianSelection.Apply(source, sourceStride, target, targetStride, width, height, channels, radius);
            return;
        }

        var strip = Math.Max(StripColumns, 2 * radius);
        var columns = Math.Min(width, strip + (2 * radius));
        using var coarse = new Scratch<ushort>(columns * Coarse);
        using var fine = new Scratch<ushort>(columns * Fine);
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                for (var left = 0; left < width; left += strip)
                {
                    var right = Math.Min(width, left + strip);
                    var plane = new Plane(from + channel, sourceStride, to + channel, targetStride, width, height, channels);
                    Strip(plane, left, right, radius, coarse, fine);
                }
            }
        }
    }

    private static void Strip(Plane plane, int left, int right, int radius, Scratch<ushort> coarse, Scratch<ushort> fine)
    {
        var firstColumn = Math.Max(0, left - radius);
        var lastColumn = Math.Min(plane.Width - 1, right - 1 + radius);
        coarse.Span.Clear();
        fine.Span.Clear();
        var bottom = plane.Height - 1;
        fixed (ushort* steps = Steps)
        {
            for (var column = firstColumn; column <= lastColumn; column++)
            {
                var c = coarse.Pointer + ((column - firstColumn) * Coarse);
                var f = fine.Pointer + ((column - firstColumn) * Fine);

                // Rows above the picture repeat the first, rows below it the last one.
                for (var y = 0; y <= Math.Min(radius, bottom); y++)
                {
                    var times = y == 0 ? radius + 1 : 1;
                    times += y == bottom ? Math.Max(0, radius - bottom) : 0;
                    var value = plane.Source[((nint)y * plane.SourceStride) + ((nint)column * plane.Step)];
                    Count(c, steps, value >> 4, (ushort)times);
                    Count(f + (value & 0xF0), steps, value & 15, (ushort)times);
                }
            }

            var half = (uint)((((2L * radius) + 1) * ((2L * radius) + 1) / 2) + 1);
            var window = new Window(coarse.Pointer, fine.Pointer, firstColumn, plane.Width - 1, radius, half);
            for (var y = 0; y < plane.Height; y++)
            {
                if (y > 0)
                {
                    var leaving = plane.Source + ((nint)Math.Max(0, y - radius - 1) * plane.SourceStride) + ((nint)firstColumn * plane.Step);
                    var entering = plane.Source + ((nint)Math.Min(bottom, y + radius) * plane.SourceStride) + ((nint)firstColumn * plane.Step);
                    var c = coarse.Pointer;
                    var f = fine.Pointer;
                    for (var column = firstColumn; column <= lastColumn; column++)
                    {
                        int old = *leaving, added = *entering;
                        (Vector256.Load(c) + Vector256.Load(steps + (added & 0xF0)) - Vector256.Load(steps + (old & 0xF0))).Store(c);
                        var segment = f + (old & 0xF0);
                        (Vector256.Load(segment) - Vector256.Load(steps + ((old & 15) * Coarse))).Store(segment);
                        segment = f + (added & 0xF0);
                        (Vector256.Load(segment) + Vector256.Load(steps + ((added & 15) * Coarse))).Store(segment);
                        c += Coarse;
                        f += Fine;
                        leaving += plane.Step;
                        entering += plane.Step;
                    }
                }

                window.Row(plane.Target + ((nint)y * plane.TargetStride), plane.Step, left, right);
            }
        }
    }

    private static void Count(ushort* bins, ushort* steps, int bin, ushort times) =>
        (Vector256.Load(bins) + (Vector256.Load(steps + (bin * Coarse)) * times)).Store(bins);

    private static ushort[] MakeSteps()
    {
        var steps = new ushort[Coarse * Coarse];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = i % Coarse >= i / Coarse ? (ushort)1 : (ushort)0;
        }

        return steps;
    }

    private static void ApplyScalar(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int radius)
    {
        var counts = new int[Fine];
        var half = ((((2L * radius) + 1) * ((2L * radius) + 1)) / 2) + 1;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    Array.Clear(counts);
                    for (var dy = -radius; dy <= radius; dy++)
                    {
                        var row = Math.Clamp(y + dy, 0, height - 1) * sourceStride;
                        for (var dx = -radius; dx <= radius; dx++)
                        {
                            counts[source[row + (Math.Clamp(x + dx, 0, width - 1) * channels) + channel]]++;
                        }
                    }

                    var (value, below) = (0, (long)counts[0]);
                    while (below < half)
                    {
                        below += counts[++value];
                    }

                    target[(y * targetStride) + (x * channels) + channel] = (byte)value;
                }
            }
        }
    }

    private readonly record struct Plane(nint SourceAddress, int SourceStride, nint TargetAddress, int TargetStride, int Width, int Height, int Step)
    {
        public Plane(byte* source, int sourceStride, byte* target, int targetStride, int width, int height, int step)
            : this((nint)source, sourceStride, (nint)target, targetStride, width, height, step)
        {
        }

        public byte* Source => (byte*)SourceAddress;

        public byte* Target => (byte*)TargetAddress;
    }

    /// <summary>The histogram of the window, sliding along one row.</summary>
    private readonly struct Window(ushort* coarse, ushort* fine, int firstColumn, int lastColumn, int radius, uint half)
    {
        public void Row(byte* target, int step, int left, int right)
        {
            var sums = stackalloc uint[Coarse];
            var segments = stackalloc uint[Fine];

            // For which pixel each fine segment was last brought up to date; far enough away means: never.
            var current = stackalloc int[Coarse];
            var never = left - (2 * radius) - 2;
            for (var i = 0; i < Coarse; i++)
            {
                (sums[i], current[i]) = (0, never);
            }

            for (var i = -radius; i <= radius; i++)
            {
                Add(sums, Column(coarse, left + i, Coarse), 1);
            }

            for (var x = left; x < right; x++)
            {
                if (x > left)
                {
                    Exchange(sums, Column(coarse, x + radius, Coarse), Column(coarse, x - radius - 1, Coarse));
                }

                var segment = Below(sums, Vector256.Create(half));
                var bins = segments + (segment * Coarse);
                Update(bins, fine + (segment * Coarse), current[segment], x);
                current[segment] = x;

                var value = Below(bins, Vector256.Create(segment == 0 ? half : half - sums[segment - 1]));
                target[(nint)x * step] = (byte)((segment * Coarse) + value);
            }
        }

        // How many bins of a cumulative histogram stay below a count: the first of the others holds it.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Below(uint* bins, Vector256<uint> count) =>
            BitOperations.PopCount(Vector256.LessThan(Vector256.Load(bins), count).ExtractMostSignificantBits())
            + BitOperations.PopCount(Vector256.LessThan(Vector256.Load(bins + 8), count).ExtractMostSignificantBits());

        private void Update(uint* bins, ushort* segment, int from, int to)
        {
            if (to - from > radius)
            {
                // Sliding there would cost more than starting again.
                new Span<uint>(bins, Coarse).Clear();
                var first = Math.Max(to - radius, 0);
                var last = Math.Min(to + radius, lastColumn);
                Add(bins, Column(segment, 0, Fine, first), Repeats(first, to, -1));
                for (var column = first + 1; column < last; column++)
                {
                    Add(bins, Column(segment, 0, Fine, column), 1);
                }

                if (last > first)
                {
                    Add(bins, Column(segment, 0, Fine, last), Repeats(last, to, 1));
                }
                else
                {
                    Add(bins, Column(segment, 0, Fine, last), Repeats(last, to, 1) - 1);
                }

                return;
            }

            for (var x = from + 1; x <= to; x++)
            {
                Exchange(bins, Column(segment, x + radius, Fine), Column(segment, x - radius - 1, Fine));
            }
        }

        // How often an outermost column of the window counts: once, and once for each place beyond the border.
        private uint Repeats(int column, int centre, int side) => side < 0
            ? (uint)(1 + Math.Max(0, column - (centre - radius)))
            : (uint)(1 + Math.Max(0, centre + radius - column));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private ushort* Column(ushort* bins, int column, int size) => Column(bins, 0, size, Math.Clamp(column, 0, lastColumn));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private ushort* Column(ushort* bins, int bin, int size, int column) => bins + bin + ((nint)(column - firstColumn) * size);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Add(uint* sums, ushort* column, uint times)
        {
            var (low, high) = Vector256.Widen(Vector256.Load(column));
            (Vector256.Load(sums) + (low * times)).Store(sums);
            (Vector256.Load(sums + 8) + (high * times)).Store(sums + 8);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Exchange(uint* sums, ushort* entering, ushort* leaving)
        {
            // The difference of two counts fits 16 signed bits.
            var (low, high) = Vector256.Widen((Vector256.Load(entering) - Vector256.Load(leaving)).AsInt16());
            (Vector256.Load(sums) + low.AsUInt32()).Store(sums);
            (Vector256.Load(sums + 8) + high.AsUInt32()).Store(sums + 8);
        }
    }
}
