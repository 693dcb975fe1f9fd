using System.Numerics;
using Veil.Imaging;

namespace Veil.Regions;

public static partial class MaskRasterizer
{
    /// <summary>Covers every pixel that a pixel mask covers at all (coverage above 0), grown on demand.</summary>
    /// <param name="mask">The mask; may reach over the border.</param>
    /// <param name="growth">How far every covered pixel spreads, in pixels to the sides and up and down.</param>
    /// <param name="softEdge">Width of the soft edge in pixels, 0 or more.</param>
    /// <param name="picture">The pixels there are.</param>
    public static RegionMask? Rasterize(RegionMask mask, Vector2 growth, float softEdge, PixelRect picture)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return Spread(mask, growth, softEdge, picture);
    }

    private static RegionMask? Spread(RegionMask shape, Vector2 growth, float softEdge, PixelRect picture)
    {
        var edge = new SoftEdge(softEdge);
        var reach = (int)MathF.Ceiling(Math.Max(growth.X, growth.Y)) + edge.Reach;
        var window = shape.Bounds.Inflate(reach).Intersect(picture.Inflate(reach));
        var bounds = window.Intersect(picture);
        if (bounds.IsEmpty)
        {
            return null;
        }

        var covered = new byte[window.Width * window.Height];
        var known = shape.Bounds.Intersect(window);
        for (var y = known.Top; y < known.Bottom; y++)
        {
            var from = shape.Row(y)[(known.Left - shape.Bounds.Left)..(known.Right - shape.Bounds.Left)];
            var to = covered.AsSpan(((y - window.Top) * window.Width) + known.Left - window.Left, known.Width);
            for (var x = 0; x < from.Length; x++)
            {
                to[x] = from[x] == 0 ? (byte)0 : Covered;
            }
        }

        if (growth.X > 0 || growth.Y > 0)
        {
            // Two pixels touch when their centres are less than one apart, so the spread reaches one pixel beyond its radius.
            var spread = DistanceTransform.Squared(covered, window.Width, window.Height, 1 / (growth.X + 1), 1 / (growth.Y + 1), limit: 1);
            for (var i = 0; i < covered.Length; i++)
            {
                covered[i] = spread[i] < 1 ? Covered : (byte)0;
            }
        }

        if (softEdge > 0)
        {
            var distance = DistanceTransform.Squared(covered, window.Width, window.Height, 1, 1, softEdge + 1);
            var farthest = Square(softEdge + 0.5f);
            for (var i = 0; i < covered.Length; i++)
            {
                if (covered[i] == 0 && distance[i] < farthest)
                {
                    covered[i] = edge.At(MathF.Sqrt(distance[i]) - 0.5f);
                }
            }
        }

        return Finish(bounds, Crop(covered, window, bounds));
    }

    private static byte[] Crop(byte[] coverage, PixelRect window, PixelRect bounds)
    {
        if (window == bounds)
        {
            return coverage;
        }

        var cropped = new byte[bounds.Width * bounds.Height];
        for (var y = 0; y < bounds.Height; y++)
        {
            coverage.AsSpan(((y + bounds.Top - window.Top) * window.Width) + bounds.Left - window.Left, bounds.Width)
                .CopyTo(cropped.AsSpan(y * bounds.Width));
        }

        return cropped;
    }
}
