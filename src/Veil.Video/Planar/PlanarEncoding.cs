using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Video.Planar;

/// <summary>Puts covered pixels back into the planes they came from. Samples of pixels that no mask touches stay as they were, to the bit.</summary>
internal static class PlanarEncoding
{
    /// <summary>Writes the covered pixels of one mask.</summary>
    /// <param name="geometry">Of the frame.</param>
    /// <param name="frame">Its samples.</param>
    /// <param name="pixels">The whole picture; decoded in the mask's bounds, widened to whole colour samples.</param>
    /// <param name="mask">Pixels with coverage above 0 are written.</param>
    public static void Encode(PlanarGeometry geometry, Memory<byte> frame, PixelBuffer pixels, RegionMask mask)
    {
        if (geometry.Layout.Depth > 8)
        {
            Encode<ushort, ushort>(geometry, frame, pixels, mask, ushort.MaxValue);
        }
        else
        {
            Encode<byte, byte>(geometry, frame, pixels, mask, byte.MaxValue);
        }
    }

    /// <summary>A mask's bounds inside the picture, widened to whole samples of colour difference.</summary>
    public static PixelRect Widen(PlanarGeometry geometry, PixelRect bounds)
    {
        var (x, y) = (geometry.Layout.ShiftX, geometry.Layout.ShiftY);
        var inside = bounds.Intersect(geometry.Bounds);
        return new PixelRect(
            inside.Left >> x << x, inside.Top >> y << y,
            ((inside.Right - 1) >> x << x) + (1 << x), ((inside.Bottom - 1) >> y << y) + (1 << y)).Intersect(geometry.Bounds);
    }

    private static void Encode<TSample, TColour>(PlanarGeometry geometry, Memory<byte> frame, PixelBuffer pixels, RegionMask mask, int maximum)
        where TSample : unmanaged, IBinaryInteger<TSample>
        where TColour : unmanaged, IBinaryInteger<TColour>
    {
        var area = mask.Bounds.Intersect(geometry.Bounds);
        if (area.IsEmpty)
        {
            return;
        }

        var layout = geometry.Layout;
        var factors = geometry.Matrix.For(layout.Depth, maximum);
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var coverage = mask.Row(y).Slice(area.Left - mask.Bounds.Left, area.Width);
            var colours = MemoryMarshal.Cast<byte, TColour>(pixels.Row(y)).Slice(area.Left * 3, area.Width * 3);
            var first = PlanarDecoding.Row<TSample>(geometry, frame, 0, y)[area.Left..area.Right];
            if (layout.Model == ColourModel.Gbr)
            {
                Direct(colours, 1, first, coverage, factors.MaximumSample, maximum);
                Direct(colours, 2, PlanarDecoding.Row<TSample>(geometry, frame, 1, y)[area.Left..area.Right], coverage, factors.MaximumSample, maximum);
                Direct(colours, 0, PlanarDecoding.Row<TSample>(geometry, frame, 2, y)[area.Left..area.Right], coverage, factors.MaximumSample, maximum);
            }
            else
            {
                Luma(colours, first, coverage, factors);
            }

            if (layout.Planes == 4)
            {
                Alpha(PlanarDecoding.Row<TSample>(geometry, frame, 3, y)[area.Left..area.Right], coverage, factors.MaximumSample);
            }
        }

        if (layout.Model == ColourModel.Yuv)
        {
            Chroma<TSample, TColour>(geometry, frame, pixels, mask, Widen(geometry, area), factors);
        }
    }

    private static void Direct<TSample, TColour>(ReadOnlySpan<TColour> colours, int channel, Span<TSample> plane, ReadOnlySpan<byte> coverage, int maximumSample, int maximum)
        where TSample : unmanaged, IBinaryInteger<TSample>
        where TColour : unmanaged, IBinaryInteger<TColour>
    {
        for (var x = 0; x < plane.Length; x++)
        {
            if (coverage[x] != 0)
            {
                plane[x] = TSample.CreateTruncating(((long.CreateTruncating(colours[(x * 3) + channel]) * maximumSample) + (maximum / 2)) / maximum);
            }
        }
    }

    private static void Luma<TSample, TColour>(ReadOnlySpan<TColour> colours, Span<TSample> plane, ReadOnlySpan<byte> coverage, in YuvMatrix.YuvFactors factors)
        where TSample : unmanaged, IBinaryInteger<TSample>
        where TColour : unmanaged, IBinaryInteger<TColour>
    {
        for (var x = 0; x < plane.Length; x++)
        {
            if (coverage[x] != 0)
            {
                var (red, green, blue) = (double.CreateTruncating(colours[x * 3]), double.CreateTruncating(colours[(x * 3) + 1]), double.CreateTruncating(colours[(x * 3) + 2]));
                plane[x] = TSample.CreateTruncating(factors.Sample(factors.LumaOf(red, green, blue)));
            }
        }
    }

    /// <summary>What is covered is opaque: no silhouette of what was cut out stays in the alpha plane.</summary>
    private static void Alpha<TSample>(Span<TSample> plane, ReadOnlySpan<byte> coverage, int maximumSample)
        where TSample : unmanaged, IBinaryInteger<TSample>
    {
        for (var x = 0; x < plane.Length; x++)
        {
            var alpha = int.CreateTruncating(plane[x]);
            plane[x] = TSample.CreateTruncating(alpha + ((((long)maximumSample - alpha) * coverage[x]) + (byte.MaxValue / 2)) / byte.MaxValue);
        }
    }

    /// <summary>A sample of colour difference is the mean of its pixels; it is written when any of them is covered.</summary>
    private static void Chroma<TSample, TColour>(PlanarGeometry geometry, Memory<byte> frame, PixelBuffer pixels, RegionMask mask, PixelRect area, in YuvMatrix.YuvFactors factors)
        where TSample : unmanaged, IBinaryInteger<TSample>
        where TColour : unmanaged, IBinaryInteger<TColour>
    {
        var (shiftX, shiftY) = (geometry.Layout.ShiftX, geometry.Layout.ShiftY);
        var first = area.Left >> shiftX;
        var covered = new bool[((area.Right - 1) >> shiftX) + 1 - first];
        for (var top = area.Top; top < area.Bottom; top += 1 << shiftY)
        {
            var u = PlanarDecoding.Row<TSample>(geometry, frame, 1, top >> shiftY);
            var v = PlanarDecoding.Row<TSample>(geometry, frame, 2, top >> shiftY);
            var bottom = Math.Min(area.Bottom, top + (1 << shiftY));
            NoteCovered(mask, area.Intersect(new PixelRect(area.Left, top, area.Right, bottom)), first, shiftX, covered);
            for (var i = 0; i < covered.Length; i++)
            {
                if (!covered[i])
                {
                    continue;
                }

                var left = (first + i) << shiftX;
                var right = Math.Min(area.Right, left + (1 << shiftX));
                var (sumRed, sumGreen, sumBlue) = (0, 0, 0);
                for (var y = top; y < bottom; y++)
                {
                    var row = MemoryMarshal.Cast<byte, TColour>(pixels.Row(y))[(3 * left)..(3 * right)];
                    for (var x = 0; x + 2 < row.Length; x += 3)
                    {
                        sumRed += int.CreateTruncating(row[x]);
                        sumGreen += int.CreateTruncating(row[x + 1]);
                        sumBlue += int.CreateTruncating(row[x + 2]);
                    }
                }

                double count = (bottom - top) * (right - left);
                var (red, green, blue) = (sumRed / count, sumGreen / count, sumBlue / count);
                var (newU, newV) = factors.ChromaOf(red, blue, factors.LumaOf(red, green, blue));
                u[first + i] = TSample.CreateTruncating(factors.Sample(newU));
                v[first + i] = TSample.CreateTruncating(factors.Sample(newV));
            }
        }
    }

    /// <summary>Which samples of a row of colour differences have a covered pixel.</summary>
    private static void NoteCovered(RegionMask mask, PixelRect area, int first, int shift, bool[] covered)
    {
        Array.Clear(covered);
        area = area.Intersect(mask.Bounds);
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var coverage = mask.Row(y).Slice(area.Left - mask.Bounds.Left, area.Width);
            for (var x = 0; x < coverage.Length; x++)
            {
                covered[((area.Left + x) >> shift) - first] |= coverage[x] != 0;
            }
        }
    }
}
