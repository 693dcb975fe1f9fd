using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;

namespace Veil.Video.Planar;

/// <summary>A frame at a fraction of its size as 8-bit RGB, for detection: planes are averaged first, so that few pixels are converted.</summary>
internal static class PlanarReduction
{
    /// <summary>Converts a whole frame.</summary>
    /// <param name="geometry">Of the frame.</param>
    /// <param name="frame">Its samples.</param>
    /// <param name="reduction">1, 2, 4 or 8: so many pixels along each side become one; a remainder at the right or bottom edge becomes one, too.</param>
    public static PixelBuffer ToRgb24(PlanarGeometry geometry, Memory<byte> frame, int reduction)
    {
        var layout = geometry.Layout;
        var (width, height) = ((geometry.Width + reduction - 1) / reduction, (geometry.Height + reduction - 1) / reduction);
        var reduced = new PixelBuffer(width, height, PixelFormat.Rgb24);
        var planes = Math.Min(layout.Planes, 3);
        var rows = Enumerable.Range(0, planes).Select(_ => new byte[width]).ToArray();
        var factors = geometry.Matrix.For(8, byte.MaxValue);
        for (var y = 0; y < height; y++)
        {
            for (var plane = 0; plane < planes; plane++)
            {
                if (layout.SampleBytes == 2)
                {
                    Average<ushort>(geometry, frame, plane, y, reduction, rows[plane]);
                }
                else
                {
                    Average<byte>(geometry, frame, plane, y, reduction, rows[plane]);
                }
            }

            Convert(layout.Model, rows, reduced.Row(y), factors);
        }

        return reduced;
    }

    /// <summary>The first plane: luma, or green, which is close to it.</summary>
    /// <param name="geometry">Of the frame.</param>
    /// <param name="frame">Its samples.</param>
    /// <param name="reduction">1, 2, 4 or 8.</param>
    public static PixelBuffer Luma(PlanarGeometry geometry, Memory<byte> frame, int reduction)
    {
        var luma = new PixelBuffer(Math.Max(1, geometry.Width / reduction), Math.Max(1, geometry.Height / reduction), PixelFormat.Gray8);
        for (var y = 0; y < luma.Height; y++)
        {
            if (geometry.Layout.SampleBytes == 2)
            {
                Average<ushort>(geometry, frame, 0, y, reduction, luma.Row(y));
            }
            else
            {
                Average<byte>(geometry, frame, 0, y, reduction, luma.Row(y));
            }
        }

        return luma;
    }

    /// <summary>One row of a plane at the reduced size, 8 bits a sample.</summary>
    private static void Average<TSample>(PlanarGeometry geometry, Memory<byte> frame, int plane, int y, int reduction, Span<byte> target)
        where TSample : unmanaged, IBinaryInteger<TSample>
    {
        var layout = geometry.Layout;
        var (shiftX, shiftY) = plane is 1 or 2 ? (layout.ShiftX, layout.ShiftY) : (0, 0);
        var planeHeight = layout.PlaneHeight(plane, geometry.Height);
        var (stepX, stepY) = (Math.Max(1, reduction >> shiftX), Math.Max(1, reduction >> shiftY));
        var top = (y * reduction) >> shiftY;
        var bottom = Math.Min(planeHeight, top + stepY);
        var (samples, stride) = geometry.Plane(frame, plane);
        var drop = layout.Depth - 8;
        if (stepX == 1 && stepY == 1)
        {
            var row = MemoryMarshal.Cast<byte, TSample>(samples.Span.Slice(top * stride, stride));
            Spread(row, target, reduction, shiftX, drop);
            return;
        }

        if (reduction >= 1 << shiftX && typeof(TSample) == typeof(byte))
        {
            Sum(samples.Span, stride, top, bottom, stepX, target);
            return;
        }

        if (reduction >= 1 << shiftX)
        {
            Sum<TSample>(samples.Span, stride, top, bottom, stepX, drop, target);
            return;
        }

        for (var x = 0; x < target.Length; x++)
        {
            var left = (x * reduction) >> shiftX;
            var (sum, count) = (0, 0);
            for (var sy = top; sy < bottom; sy++)
            {
                var row = MemoryMarshal.Cast<byte, TSample>(samples.Span.Slice(sy * stride, stride));
                var right = Math.Min(row.Length, left + stepX);
                for (var sx = left; sx < right; sx++)
                {
                    sum += int.CreateTruncating(row[sx]);
                }

                count += right - left;
            }

            target[x] = (byte)(((sum + (count / 2)) / count) >> drop);
        }
    }

    /// <summary>Repeats or leaves out samples of a row.</summary>
    private static void Spread<TSample>(ReadOnlySpan<TSample> row, Span<byte> target, int reduction, int shift, int drop)
        where TSample : unmanaged, IBinaryInteger<TSample>
    {
        if (reduction == 1 && shift == 0 && typeof(TSample) == typeof(byte))
        {
            MemoryMarshal.AsBytes(row)[..target.Length].CopyTo(target);
            return;
        }

        if (reduction == 1 && shift == 1 && typeof(TSample) == typeof(byte))
        {
            SampleRows.Double(MemoryMarshal.AsBytes(row), target);
            return;
        }

        if (reduction == 1 && shift == 1)
        {
            for (var x = 0; x + 1 < target.Length; x += 2)
            {
                target[x] = target[x + 1] = (byte)(int.CreateTruncating(row[x >> 1]) >> drop);
            }

            if (target.Length % 2 == 1)
            {
                target[^1] = (byte)(int.CreateTruncating(row[target.Length >> 1]) >> drop);
            }

            return;
        }

        for (var x = 0; x < target.Length; x++)
        {
            target[x] = (byte)(int.CreateTruncating(row[(x * reduction) >> shift]) >> drop);
        }
    }

    /// <summary>Means of blocks of 8-bit samples that lie side by side: columns are summed first, many at a time.</summary>
    private static void Sum(Span<byte> samples, int stride, int top, int bottom, int step, Span<byte> target)
    {
        var rented = ArrayPool<ushort>.Shared.Rent(stride);
        var sums = rented.AsSpan(0, stride);
        sums.Clear();
        for (var y = top; y < bottom; y++)
        {
            SampleRows.Add(samples.Slice(y * stride, stride), sums);
        }

        for (var x = 0; x < target.Length; x++)
        {
            var columns = sums.Slice(x * step, Math.Min(step, stride - (x * step)));
            var (sum, count) = (0, columns.Length * (bottom - top));
            foreach (var column in columns)
            {
                sum += column;
            }

            target[x] = (byte)((sum + (count / 2)) / count);
        }

        ArrayPool<ushort>.Shared.Return(rented);
    }

    /// <summary>Means of blocks that lie side by side.</summary>
    private static void Sum<TSample>(Span<byte> samples, int stride, int top, int bottom, int step, int drop, Span<byte> target)
        where TSample : unmanaged, IBinaryInteger<TSample>
    {
        var rented = ArrayPool<int>.Shared.Rent(target.Length);
        var sums = rented.AsSpan(0, target.Length);
        sums.Clear();
        var columns = 0;
        for (var y = top; y < bottom; y++)
        {
            var row = MemoryMarshal.Cast<byte, TSample>(samples.Slice(y * stride, stride));
            columns = row.Length;
            var whole = Math.Min(sums.Length, columns / step);
            for (var x = 0; x < whole; x++)
            {
                var sum = 0;
                foreach (var sample in row.Slice(x * step, step))
                {
                    sum += int.CreateTruncating(sample);
                }

                sums[x] += sum;
            }

            for (var x = whole * step; x < columns && whole < sums.Length; x++)
            {
                sums[whole] += int.CreateTruncating(row[x]);
            }
        }

        for (var x = 0; x < target.Length; x++)
        {
            var count = Math.Min(step, columns - (x * step)) * (bottom - top);
            target[x] = (byte)(((sums[x] + (count / 2)) / count) >> drop);
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    private static void Convert(ColourModel model, byte[][] rows, Span<byte> target, in YuvMatrix.YuvFactors factors)
    {
        var done = model == ColourModel.Yuv ? YuvRows.ToRgb24(rows[0], rows[1], rows[2], target, factors) : 0;
        for (int x = done, i = done * 3; i + 2 < target.Length; x++, i += 3)
        {
            var (red, green, blue) = model switch
            {
                ColourModel.Grey => (rows[0][x], rows[0][x], rows[0][x]),
                ColourModel.Gbr => ((int)rows[2][x], (int)rows[0][x], (int)rows[1][x]),
                _ => factors.ToRgb(rows[0][x], rows[1][x], rows[2][x]),
            };
            (target[i], target[i + 1], target[i + 2]) = ((byte)red, (byte)green, (byte)blue);
        }
    }
}
