using System.Numerics;
using Veil.Imaging;

namespace Veil.Regions;

public static partial class MaskRasterizer
{
    /// <summary>Covers every pixel that a polygon touches, inside by the even–odd rule, grown on demand.</summary>
    /// <remarks>
    /// A pixel that no edge crosses lies wholly inside or wholly outside, so its centre decides; every pixel that an edge
    /// crosses is touched. Growth and soft edge come from a distance transform.
    /// </remarks>
    /// <param name="points">Corners in order, at least three, finite; the last joins the first.</param>
    /// <param name="growth">How far every touched pixel spreads, in pixels to the sides and up and down.</param>
    /// <param name="softEdge">Width of the soft edge in pixels, 0 or more.</param>
    /// <param name="picture">The pixels there are.</param>
    /// <exception cref="ArgumentException">Fewer than three points.</exception>
    /// <exception cref="InvalidOperationException">A point is not finite, or too large for a pixel index.</exception>
    public static RegionMask? Rasterize(ReadOnlySpan<Vector2> points, Vector2 growth, float softEdge, PixelRect picture)
    {
        if (points.Length < 3)
        {
            throw new ArgumentException($"Expected a polygon of at least three points, but received {points.Length}.", nameof(points));
        }

        var extent = new Box(points[0].X, points[0].Y, points[0].X, points[0].Y);
        foreach (var point in points)
        {
            extent = extent.Union(new Box(point.X, point.Y, point.X, point.Y));
        }

        // Whatever lies farther outside the picture than growth and edge reach cannot show in it.
        var reach = (int)MathF.Ceiling(Math.Max(growth.X, growth.Y) + softEdge) + 1;
        var bounds = extent.ToPixels().Inflate(1).Intersect(picture.Inflate(reach));
        if (bounds.IsEmpty)
        {
            return null;
        }

        var touched = new byte[bounds.Width * bounds.Height];
        FillInside(points, bounds, touched);
        for (var i = 0; i < points.Length; i++)
        {
            MarkEdge(points[i], points[(i + 1) % points.Length], bounds, touched);
        }

        return Spread(new RegionMask(bounds, touched), growth, softEdge, picture);
    }

    private static void FillInside(ReadOnlySpan<Vector2> points, PixelRect bounds, byte[] touched)
    {
        var crossings = new List<double>();
        for (var y = bounds.Top; y < bounds.Bottom; y++)
        {
            crossings.Clear();
            var middle = y + 0.5;
            for (var i = 0; i < points.Length; i++)
            {
                var (a, b) = (points[i], points[(i + 1) % points.Length]);
                if (a.Y <= middle != b.Y <= middle)
                {
                    crossings.Add(a.X + ((middle - a.Y) / ((double)b.Y - a.Y) * ((double)b.X - a.X)));
                }
            }

            crossings.Sort();
            var row = touched.AsSpan((y - bounds.Top) * bounds.Width, bounds.Width);
            for (var i = 0; i + 1 < crossings.Count; i += 2)
            {
                var start = (int)Math.Ceiling(Math.Clamp(crossings[i] - 0.5, bounds.Left, bounds.Right));
                var end = (int)Math.Ceiling(Math.Clamp(crossings[i + 1] - 0.5, bounds.Left, bounds.Right));
                row[(start - bounds.Left)..(end - bounds.Left)].Fill(Covered);
            }
        }
    }

    private static void MarkEdge(Vector2 a, Vector2 b, PixelRect bounds, byte[] touched)
    {
        var (top, bottom) = a.Y <= b.Y ? (a, b) : (b, a);
        var rows = Touched(top.Y, bottom.Y, bounds.Top, bounds.Bottom);
        var slope = bottom.Y > top.Y ? ((double)bottom.X - top.X) / ((double)bottom.Y - top.Y) : 0;
        for (var y = rows.Start; y < rows.End; y++)
        {
            // The part of the edge inside this row of pixels.
            var enter = y <= top.Y ? top.X : top.X + ((y - top.Y) * slope);
            var leave = y + 1 >= bottom.Y ? bottom.X : top.X + ((y + 1 - top.Y) * slope);
            var columns = Touched(Math.Min(enter, leave), Math.Max(enter, leave), bounds.Left, bounds.Right);
            touched.AsSpan((y - bounds.Top) * bounds.Width, bounds.Width)[(columns.Start - bounds.Left)..(Math.Max(columns.Start, columns.End) - bounds.Left)].Fill(Covered);
        }
    }
}
