using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;

namespace Veil.Video.Planar;

/// <summary>From planes to interleaved colours. A pixel takes the colour differences of the sample it lies in, so that what is not changed converts back to what it was.</summary>
internal static class PlanarDecoding
{
    // Pixels at a time for which colour differences are repeated; even.
    private const int Piece = 64;

    /// <summary>Converts part of a frame.</summary>
    /// <param name="geometry">Of the frame.</param>
    /// <param name="frame">Its samples.</param>
    /// <param name="area">Inside the picture.</param>
    /// <param name="target">The whole picture in <see cref="PlanarGeometry.Format"/>; only the area is written.</param>
    public static void Decode(PlanarGeometry geometry, Memory<byte> frame, PixelRect area, PixelBuffer target)
    {
        if (geometry.Layout.Depth > 8)
        {
            Decode<ushort, ushort>(geometry, frame, area, target, ushort.MaxValue);
        }
        else
        {
            Decode<byte, byte>(geometry, frame, area, target, byte.MaxValue);
        }
    }

    private static void Decode<TSample, TColour>(PlanarGeometry geometry, Memory<byte> frame, PixelRect area, PixelBuffer target, int maximum)
        where TSample : unmanaged, IBinaryInteger<TSample>
        where TColour : unmanaged, IBinaryInteger<TColour>
    {
        var layout = geometry.Layout;
        var factors = geometry.Matrix.For(layout.Depth, maximum);
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var row = MemoryMarshal.Cast<byte, TColour>(target.Row(y)).Slice(area.Left * 3, area.Width * 3);
            var first = Row<TSample>(geometry, frame, 0, y)[area.Left..area.Right];
            switch (layout.Model)
            {
                case ColourModel.Grey:
                    Grey(first, row, factors.MaximumSample, maximum);
                    break;
                case ColourModel.Gbr:
                    Gbr(
                        first, Row<TSample>(geometry, frame, 1, y)[area.Left..area.Right], Row<TSample>(geometry, frame, 2, y)[area.Left..area.Right],
                        row, factors.MaximumSample, maximum);
                    break;
                case ColourModel.Yuv:
                    Yuv(first, Row<TSample>(geometry, frame, 1, y >> layout.ShiftY), Row<TSample>(geometry, frame, 2, y >> layout.ShiftY), area.Left, layout.ShiftX, row, factors);
                    break;
                default:
                    throw new InvalidOperationException($"Expected a known colour model, but found {layout.Model}.");
            }
        }
    }

    /// <summary>A row of a plane.</summary>
    public static Span<TSample> Row<TSample>(PlanarGeometry geometry, Memory<byte> frame, int plane, int row)
        where TSample : unmanaged
    {
        var (samples, stride) = geometry.Plane(frame, plane);
        return MemoryMarshal.Cast<byte, TSample>(samples.Span.Slice(row * stride, stride));
    }

    private static void Grey<TSample, TColour>(ReadOnlySpan<TSample> luma, Span<TColour> row, int maximumSample, int maximum)
        where TSample : unmanaged, IBinaryInteger<TSample>
        where TColour : unmanaged, IBinaryInteger<TColour>
    {
        for (var x = 0; x < luma.Length; x++)
        {
            row.Slice(x * 3, 3).Fill(Scale<TSample, TColour>(luma[x], maximumSample, maximum));
        }
    }

    private static void Gbr<TSample, TColour>(
        ReadOnlySpan<TSample> green, ReadOnlySpan<TSample> blue, ReadOnlySpan<TSample> red, Span<TColour> row, int maximumSample, int maximum)
        where TSample : unmanaged, IBinaryInteger<TSample>
        where TColour : unmanaged, IBinaryInteger<TColour>
    {
        for (var x = 0; x < green.Length; x++)
        {
            row[x * 3] = Scale<TSample, TColour>(red[x], maximumSample, maximum);
            row[(x * 3) + 1] = Scale<TSample, TColour>(green[x], maximumSample, maximum);
            row[(x * 3) + 2] = Scale<TSample, TColour>(blue[x], maximumSample, maximum);
        }
    }

    private static TColour Scale<TSample, TColour>(TSample sample, int maximumSample, int maximum)
        where TSample : unmanaged, IBinaryInteger<TSample>
        where TColour : unmanaged, IBinaryInteger<TColour> =>
        TColour.CreateTruncating(((long.CreateTruncating(sample) * maximum) + (maximumSample / 2)) / maximumSample);

    private static void Yuv<TSample, TColour>(
        ReadOnlySpan<TSample> luma, ReadOnlySpan<TSample> u, ReadOnlySpan<TSample> v, int left, int shift, Span<TColour> row, in YuvMatrix.YuvFactors factors)
        where TSample : unmanaged, IBinaryInteger<TSample>
        where TColour : unmanaged, IBinaryInteger<TColour>
    {
        var done = typeof(TSample) == typeof(byte) && shift == 1 && left % 2 == 0
            ? Yuv(MemoryMarshal.AsBytes(luma), MemoryMarshal.AsBytes(u)[(left / 2)..], MemoryMarshal.AsBytes(v)[(left / 2)..], MemoryMarshal.AsBytes(row), factors)
            : 0;
        for (int x = done, i = 3 * done; x < luma.Length && i + 2 < row.Length; x++, i += 3)
        {
            var chroma = (left + x) >> shift;
            var (red, green, blue) = factors.ToRgb(int.CreateTruncating(luma[x]), int.CreateTruncating(u[chroma]), int.CreateTruncating(v[chroma]));
            row[i] = TColour.CreateTruncating(red);
            row[i + 1] = TColour.CreateTruncating(green);
            row[i + 2] = TColour.CreateTruncating(blue);
        }
    }

    /// <summary>Colours of whole blocks of 8-bit pixels that share a sample of colour difference by twos.</summary>
    /// <returns>How many pixels are done.</returns>
    private static int Yuv(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, Span<byte> row, in YuvMatrix.YuvFactors factors)
    {
        Span<byte> first = stackalloc byte[Piece];
        Span<byte> second = stackalloc byte[Piece];
        var done = 0;
        while (done < luma.Length)
        {
            var count = Math.Min(Piece, luma.Length - done);
            SampleRows.Double(u[(done / 2)..], first[..count]);
            SampleRows.Double(v[(done / 2)..], second[..count]);
            var converted = YuvRows.ToRgb24(luma.Slice(done, count), first[..count], second[..count], row[(3 * done)..], factors);
            done += converted;
            if (converted < Piece)
            {
                break;
            }
        }

        return done;
    }
}
