using System.Numerics;

namespace Veil.Kernels;

/// <summary>
/// Gives every cell of a grid its mean colour (8-bit interleaved). Thread-safe: no state is shared between calls.
/// </summary>
/// <remarks>
/// A pixel belongs to the cell that holds its centre: column <c>floor((x + ½ − originX) / cellWidth)</c>, likewise for rows,
/// in double precision. The mean is over all of the cell's pixels, exact, halves up.
/// </remarks>
public static unsafe class Pixelation
{
    /// <summary>Pixelates a picture or part of one.</summary>
    /// <param name="source">Rows of interleaved 8-bit channels.</param>
    /// <param name="sourceStride">Bytes from row to row of the source.</param>
    /// <param name="target">Receives the result; may be the source itself. Row padding is left alone.</param>
    /// <param name="targetStride">Bytes from row to row of the target.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1, 3 or 4; with 4 each is averaged by itself.</param>
    /// <param name="originX">Where a cell border crosses the x axis, in pixel-edge coordinates; may lie outside.</param>
    /// <param name="originY">Where a cell border crosses the y axis, in pixel-edge coordinates; may lie outside.</param>
    /// <param name="cellWidth">Pixels from cell to cell, above 0; may be fractional.</param>
    /// <param name="cellHeight">Pixels from cell to cell, above 0; may be fractional.</param>
    /// <exception cref="ArgumentException">A size, stride or span does not fit, or a number is not finite.</exception>
    public static void Apply(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, float originX, float originY, float cellWidth, float cellHeight) =>
        Apply(source, sourceStride, target, targetStride, width, height, channels, originX, originY, cellWidth, cellHeight, KernelPath.Simd);

    internal static void Apply(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, float originX, float originY, float cellWidth, float cellHeight, KernelPath path)
    {
        KernelArguments.CheckPixels(source.Length, sourceStride, target.Length, targetStride, width, height, channels);
        KernelArguments.CheckPositive(cellWidth, nameof(cellWidth));
        KernelArguments.CheckPositive(cellHeight, nameof(cellHeight));
        if (!float.IsFinite(originX) || !float.IsFinite(originY))
        {
            throw new ArgumentOutOfRangeException(nameof(originX), $"Expected a finite origin, but received ({originX}, {originY}).");
        }

        var columns = Cuts(width, originX, cellWidth);
        var rows = Cuts(height, originY, cellHeight);
        var rowBytes = width * channels;
        using var sums = new Scratch<int>(rowBytes);
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            for (var row = 0; row + 1 < rows.Count; row++)
            {
                sums.Span.Clear();
                for (var y = rows[row]; y < rows[row + 1]; y++)
                {
                    Add(sums.Pointer, from + ((nint)y * sourceStride), rowBytes, path);
                }

                var first = new Span<byte>(to + ((nint)rows[row] * targetStride), rowBytes);
                for (var column = 0; column + 1 < columns.Count; column++)
                {
                    var cell = first[(columns[column] * channels)..(columns[column + 1] * channels)];
                    Mean(sums.Span.Slice(columns[column] * channels, cell.Length), cell, channels, rows[row + 1] - rows[row]);
                }

                for (var y = rows[row] + 1; y < rows[row + 1]; y++)
                {
                    first.CopyTo(new Span<byte>(to + ((nint)y * targetStride), rowBytes));
                }
            }
        }
    }

    // The pixels at which a new cell begins, from 0 to length.
    private static List<int> Cuts(int length, double origin, double cell)
    {
        var cuts = new List<int> { 0 };
        var previous = Math.Floor((0.5 - origin) / cell);
        for (var i = 1; i < length; i++)
        {
            var index = Math.Floor((i + 0.5 - origin) / cell);
            if (index != previous)
            {
                cuts.Add(i);
                previous = index;
            }
        }

        cuts.Add(length);
        return cuts;
    }

    private static void Mean(ReadOnlySpan<int> sums, Span<byte> cell, int channels, int height)
    {
        var area = (long)height * (cell.Length / channels);
        for (var channel = 0; channel < channels; channel++)
        {
            var sum = 0L;
            for (var i = channel; i < sums.Length; i += channels)
            {
                sum += sums[i];
            }

            var mean = (byte)(((2 * sum) + area) / (2 * area));
            for (var i = channel; i < cell.Length; i += channels)
            {
                cell[i] = mean;
            }
        }
    }

    private static void Add(int* sums, byte* row, int count, KernelPath path)
    {
        var i = 0;
        for (; path == KernelPath.Simd && i <= count - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.Load(row + i), out var low, out var high);
            Vector.Widen(low.As<ushort, short>(), out var a, out var b);
            Vector.Widen(high.As<ushort, short>(), out var c, out var d);
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
            sums[i] += row[i];
        }
    }
}
