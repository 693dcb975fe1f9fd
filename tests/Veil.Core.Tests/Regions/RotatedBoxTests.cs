using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Veil.Regions;

namespace Veil.Core.Tests.Regions;

public class RotatedBoxTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(-0.7)]
    [InlineData(1.5)]
    public void A_turned_rectangle_is_found_again_and_reads_near_to_left_to_right(double angle)
    {
        var along = new Vector2((float)Math.Cos(angle), (float)Math.Sin(angle));
        var drawn = new RotatedBox(new Vector2(40, 30), along * 20, new Vector2(-along.Y, along.X) * 5);
        var found = RotatedBox.Around(drawn.Corners.AsSpan());
        Assert.Equal(drawn.Area, found.Area, 0.1);
        Assert.Equal(drawn.Center.X, found.Center.X, 0.01);
        Assert.True(found.Along.X >= Math.Abs(found.Along.Y) - 1e-3f || found.Across.Y >= Math.Abs(found.Across.X) - 1e-3f);
        Assert.True(found.Along.X > 0);
        Assert.Equal(0, Vector2.Dot(found.Along, found.Across), 0.01);
    }

    [Fact]
    public void All_points_lie_within_and_no_upright_box_is_smaller()
    {
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 60).Two()).Where(points => points.Count > 0).ToArbitrary(), points =>
        {
            Vector2[] cloud = [.. points.Select(point => new Vector2(point.Item1, point.Item2))];
            var box = RotatedBox.Around(cloud);
            var upright = Box.Around([.. cloud]);
            var (along, across) = (box.Width > 0 ? Vector2.Normalize(box.Along) : Vector2.Zero, box.Height > 0 ? Vector2.Normalize(box.Across) : Vector2.Zero);
            return box.Area <= upright.Area + 0.05f && cloud.All(point =>
                Math.Abs(Vector2.Dot(point - box.Center, along)) <= (box.Width / 2) + 0.01f && Math.Abs(Vector2.Dot(point - box.Center, across)) <= (box.Height / 2) + 0.01f);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void One_point_and_points_on_a_line_have_no_area_and_grow_all_the_same()
    {
        Assert.Equal(0, RotatedBox.Around([new Vector2(3, 4)]).Area);
        var line = RotatedBox.Around([new Vector2(0, 0), new Vector2(10, 0)]);
        Assert.Equal(0, line.Area);
        Assert.Equal(new Box(-2, -2, 12, 2), line.Grow(2).Bounds);
        Assert.Throws<ArgumentException>(() => RotatedBox.Around([]));
    }

    [Fact]
    public void The_common_area_is_that_of_boxes_where_they_are_upright()
    {
        var box = Gen.Choose(0, 20).Four().Where(edges => edges.Item1 < edges.Item3 && edges.Item2 < edges.Item4)
            .Select(edges => new Box(edges.Item1, edges.Item2, edges.Item3, edges.Item4));
        Prop.ForAll(box.Two().ToArbitrary(), pair =>
            Math.Abs(RotatedBox.Of(pair.Item1).CommonArea(RotatedBox.Of(pair.Item2)) - pair.Item1.Intersect(pair.Item2).Area) < 0.01f).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_square_turned_by_an_eighth_has_its_octagon_in_common_with_itself()
    {
        var square = RotatedBox.Of(new Box(-1, -1, 1, 1));
        var turned = new RotatedBox(Vector2.Zero, new Vector2(1, 1) / MathF.Sqrt(2), new Vector2(-1, 1) / MathF.Sqrt(2));
        Assert.Equal(8 * (Math.Sqrt(2) - 1), square.CommonArea(turned), 1e-4);
    }

    [Fact]
    public void An_outline_without_area_gives_way_to_the_box()
    {
        var region = new Region(new Box(1, 2, 9, 6), RegionKind.Text, 1, new RegionOrigin(RegionSource.Hand));
        Assert.Equal(RotatedBox.Of(region.Box), RotatedBox.Of(region));
        Assert.Equal(RotatedBox.Of(region.Box), RotatedBox.Of(region with { Outline = [new(1, 2), new(5, 2), new(9, 2)] }));
        Assert.Equal(new Box(2, 2, 6, 6), RotatedBox.Of(region with { Outline = [new(2, 2), new(6, 2), new(6, 6), new(2, 6)] }).Bounds);
    }
}
