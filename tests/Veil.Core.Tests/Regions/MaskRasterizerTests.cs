using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Regions;

public sealed class MaskRasterizerTests
{
    private static readonly PixelRect Picture = new(0, 0, 61, 47);

    /// <summary>Boxes in eighths of a pixel, so that sums stay exact; some reach over the border or lie outside.</summary>
    private static readonly Arbitrary<Box> Boxes = Arb.From(
        from left in Gen.Choose(-160, 520)
        from top in Gen.Choose(-160, 400)
        from width in Gen.Choose(1, 400)
        from height in Gen.Choose(1, 400)
        select Box.FromSize(left / 8f, top / 8f, width / 8f, height / 8f));

    private static readonly Arbitrary<(Box Box, float Edge)> BoxesWithEdges = Arb.From(
        from box in Boxes.Generator
        from edge in Gen.Choose(0, 40)
        select (box, edge / 4f));

    private static readonly Arbitrary<Vector2[]> Polygons = Arb.From(
        from count in Gen.Choose(3, 9)
        from points in Gen.Zip(Gen.Choose(-80, 560), Gen.Choose(-80, 440)).ArrayOf(count)
        select points.Select(point => new Vector2(point.Item1 / 8f, point.Item2 / 8f)).ToArray());

    [Fact]
    public void A_box_covers_exactly_the_pixels_that_it_touches() => Prop.ForAll(BoxesWithEdges, sample =>
    {
        var mask = MaskRasterizer.Rasterize(sample.Box, sample.Edge, Picture);
        return Everywhere((x, y) => Touches(sample.Box, x, y) == (At(mask, x, y) == 255));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_ellipse_covers_exactly_the_pixels_that_it_touches() => Prop.ForAll(BoxesWithEdges, sample =>
    {
        var mask = MaskRasterizer.RasterizeEllipse(sample.Box, sample.Edge, Picture);
        return Everywhere((x, y) => Nearest(sample.Box, x, y) switch
        {
            < 1 - 1e-6 => At(mask, x, y) == 255,
            > 1 + 1e-6 => At(mask, x, y) < 255,
            _ => true,
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_polygon_covers_every_pixel_where_a_sample_lies_inside() => Prop.ForAll(Polygons, points =>
    {
        var mask = MaskRasterizer.Rasterize(points, Vector2.Zero, 0, Picture);
        return Everywhere((x, y) => At(mask, x, y) == 255 || !Samples(x, y).Any(sample => Inside(points, sample)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_polygon_covers_no_pixel_far_from_it() => Prop.ForAll(Polygons, points =>
    {
        var mask = MaskRasterizer.Rasterize(points, Vector2.Zero, 0, Picture);
        return Everywhere((x, y) =>
        {
            var center = new Vector2(x + 0.5f, y + 0.5f);
            return At(mask, x, y) == 0 || Inside(points, center) || ToBorder(points, center) <= MathF.Sqrt(0.5f) + 1e-3f;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rectangular_polygon_covers_what_the_box_covers() => Prop.ForAll(Boxes, box =>
    {
        Vector2[] corners = [new(box.Left, box.Top), new(box.Right, box.Top), new(box.Right, box.Bottom), new(box.Left, box.Bottom)];
        var polygon = MaskRasterizer.Rasterize(corners, Vector2.Zero, 0, Picture);
        var expected = MaskRasterizer.Rasterize(box, 0, Picture);
        return Everywhere((x, y) => At(polygon, x, y) == At(expected, x, y));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_soft_edge_takes_nothing_from_the_covered_area() => Prop.ForAll(Polygons, Boxes, (points, box) =>
        Everywhere((x, y) =>
            At(MaskCache(points, 0), x, y) != 255 || At(MaskCache(points, 6), x, y) == 255)
        && Same255(MaskRasterizer.Rasterize(box, 0, Picture), MaskRasterizer.Rasterize(box, 7.5f, Picture))
        && Same255(MaskRasterizer.RasterizeEllipse(box, 0, Picture), MaskRasterizer.RasterizeEllipse(box, 7.5f, Picture)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Without_a_soft_edge_coverage_is_all_or_nothing() => Prop.ForAll(Polygons, Boxes, (points, box) =>
    {
        RegionMask?[] masks =
        [
            MaskRasterizer.Rasterize(points, new Vector2(2, 1), 0, Picture),
            MaskRasterizer.Rasterize(box, 0, Picture),
            MaskRasterizer.RasterizeEllipse(box, 0, Picture),
        ];
        return masks.All(mask => Everywhere((x, y) => At(mask, x, y) is 0 or 255));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(10, 10, 30, 24)]
    [InlineData(12.25, 8.5, 40.75, 30.5)]
    public void Shapes_in_the_middle_are_symmetric(float left, float top, float right, float bottom)
    {
        var picture = new PixelRect(0, 0, 53, 39);
        var box = new Box(left, top, right, bottom);
        foreach (var mask in new[] { MaskRasterizer.Rasterize(box, 5, picture)!, MaskRasterizer.RasterizeEllipse(box, 5, picture)! })
        {
            var mirror = (int)(left + right);
            Assert.True(Everywhere((x, y) => At(mask, x, y) == At(mask, mirror - 1 - x, y), mask.Bounds));
            var upsideDown = (int)(top + bottom);
            Assert.True(Everywhere((x, y) => At(mask, x, y) == At(mask, x, upsideDown - 1 - y), mask.Bounds));
        }
    }

    [Fact]
    public void A_soft_edge_falls_steadily_to_nothing()
    {
        foreach (var mask in new[]
        {
            MaskRasterizer.Rasterize(new Box(10, 10, 20, 20), 12, new PixelRect(0, 0, 80, 30))!,
            MaskRasterizer.RasterizeEllipse(new Box(10, 10, 20, 20), 12, new PixelRect(0, 0, 80, 30))!,
            MaskRasterizer.Rasterize([new Vector2(10, 10), new Vector2(20, 10), new Vector2(20, 20), new Vector2(10, 20)], Vector2.Zero, 12, new PixelRect(0, 0, 80, 30))!,
        })
        {
            Assert.Equal(255, mask[19, 15]);
            Assert.InRange(mask[20, 15], (byte)245, (byte)254);
            for (var x = 20; x < 40; x++)
            {
                Assert.True(mask[x, 15] >= mask[x + 1, 15]);
                Assert.InRange(mask[x, 15] - mask[x + 1, 15], 0, 40);
            }

            Assert.Equal(0, mask[33, 15]);
        }
    }

    [Fact]
    public void A_mask_grows_by_the_given_distances()
    {
        var point = new RegionMask(new PixelRect(20, 20, 21, 21), [1]);
        var mask = MaskRasterizer.Rasterize(point, new Vector2(5, 2), 0, Picture)!;
        Assert.Equal(new PixelRect(15, 18, 26, 23), Extent(mask));
    }

    [Fact]
    public void A_shape_outside_the_picture_gives_no_mask()
    {
        var box = new Box(-30, 5, -1, 20);
        Assert.Null(MaskRasterizer.Rasterize(box, 20, Picture));
        Assert.Null(MaskRasterizer.RasterizeEllipse(box, 20, Picture));
        Assert.Null(MaskRasterizer.Rasterize([new Vector2(-9, 2), new Vector2(-4, 9), new Vector2(-8, 30)], new Vector2(1, 1), 20, Picture));
        Assert.Null(MaskRasterizer.Rasterize(RegionMask.Full(new PixelRect(-9, 0, -4, 9)), Vector2.Zero, 20, Picture));
    }

    [Fact]
    public void The_distance_transform_equals_a_search_over_all_marked_cells() => Prop.ForAll(
        Arb.From(from share in Gen.Choose(0, 30) from values in Gen.Choose(0, 29).ArrayOf(13 * 9) select values.Select(value => value < share ? (byte)1 : (byte)0).ToArray()),
        Arb.From(Gen.Elements(0.7f, 3f, 1000f)),
        (marked, limit) =>
        {
            var fast = DistanceTransform.Squared(marked, 13, 9, 0.5f, 2, limit);
            return Enumerable.Range(0, marked.Length).All(i =>
            {
                var nearest = Enumerable.Range(0, marked.Length).Where(j => marked[j] != 0)
                    .Select(j => (0.25f * ((i % 13) - (j % 13)) * ((i % 13) - (j % 13))) + (4f * ((i / 13) - (j / 13)) * ((i / 13) - (j / 13))))
                    .DefaultIfEmpty(float.PositiveInfinity).Min();
                return nearest <= limit * limit ? fast[i] == nearest : fast[i] > limit * limit;
            });
        }).QuickCheckThrowOnFailure();

    private static RegionMask? MaskCache(Vector2[] points, float edge) => MaskRasterizer.Rasterize(points, Vector2.Zero, edge, Picture);

    private static byte At(RegionMask? mask, int x, int y) => mask is null ? (byte)0 : mask[x, y];

    private static bool Same255(RegionMask? a, RegionMask? b) => Everywhere((x, y) => (At(a, x, y) == 255) == (At(b, x, y) == 255));

    private static bool Everywhere(Func<int, int, bool> holds, PixelRect? area = null)
    {
        var rect = area ?? Picture;
        for (var y = rect.Top; y < rect.Bottom; y++)
        {
            for (var x = rect.Left; x < rect.Right; x++)
            {
                if (!holds(x, y))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static PixelRect Extent(RegionMask mask)
    {
        var covered = from y in Enumerable.Range(0, Picture.Height) from x in Enumerable.Range(0, Picture.Width) where mask[x, y] == 255 select (x, y);
        var all = covered.ToArray();
        return new PixelRect(all.Min(p => p.x), all.Min(p => p.y), all.Max(p => p.x) + 1, all.Max(p => p.y) + 1);
    }

    private static bool Touches(Box box, int x, int y) => box.Left < x + 1 && box.Right > x && box.Top < y + 1 && box.Bottom > y;

    /// <summary>Normalised radius of the pixel's point nearest to the ellipse's centre.</summary>
    private static double Nearest(Box box, int x, int y)
    {
        var dx = (Math.Clamp(box.CenterX, x, x + 1) - box.CenterX) / (box.Width / 2);
        var dy = (Math.Clamp(box.CenterY, y, y + 1) - box.CenterY) / (box.Height / 2);
        return Math.Sqrt((dx * dx) + (dy * dy));
    }

    private static IEnumerable<Vector2> Samples(int x, int y) =>
        from i in Enumerable.Range(0, 5) from j in Enumerable.Range(0, 5) select new Vector2(x + 0.11f + (0.19f * i), y + 0.12f + (0.19f * j));

    private static bool Inside(Vector2[] points, Vector2 p)
    {
        var inside = false;
        for (int i = 0, j = points.Length - 1; i < points.Length; j = i++)
        {
            if (points[i].Y > p.Y != points[j].Y > p.Y
                && p.X < ((points[j].X - points[i].X) * (double)(p.Y - points[i].Y) / (points[j].Y - points[i].Y)) + points[i].X)
            {
                inside = !inside;
            }
        }

        return inside;
    }

    private static float ToBorder(Vector2[] points, Vector2 p) => Enumerable.Range(0, points.Length).Min(i =>
    {
        var (a, b) = (points[i], points[(i + 1) % points.Length]);
        var t = a == b ? 0 : Math.Clamp(Vector2.Dot(p - a, b - a) / (b - a).LengthSquared(), 0, 1);
        return Vector2.Distance(p, a + (t * (b - a)));
    });
}
