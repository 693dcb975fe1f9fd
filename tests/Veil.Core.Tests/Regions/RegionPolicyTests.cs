using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Regions;

public sealed class RegionPolicyTests
{
    private static readonly RegionOrigin Origin = new(RegionSource.Hand);

    [Fact]
    public void By_default_every_pixel_of_the_found_box_is_covered() => Prop.ForAll(
        Arb.From(
            from left in Gen.Choose(-100, 700)
            from top in Gen.Choose(-100, 500)
            from width in Gen.Choose(8, 600)
            from height in Gen.Choose(8, 600)
            select Box.FromSize(left / 8f, top / 8f, width / 8f, height / 8f)),
        box =>
        {
            var covered = new RegionPolicy().Cover(Face(box), 80, 60);
            var pixels = box.ToPixels().Intersect(new PixelRect(0, 0, 80, 60));
            return Pixels(pixels).All(p => covered!.Mask[p.X, p.Y] == 255);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(RegionShape.Ellipse)]
    [InlineData(RegionShape.Box)]
    [InlineData(RegionShape.Outline)]
    public void A_region_at_the_last_row_and_column_is_covered_there(RegionShape shape)
    {
        var covered = new RegionPolicy { Shape = shape }.Cover(Face(new Box(60, 40, 80, 60)), 80, 60)!;
        Assert.Equal(255, covered.Mask[79, 59]);
        Assert.Equal(new PixelRect(80, 60, 80, 60), covered.Mask.Bounds with { Left = 80, Top = 60 });
    }

    [Fact]
    public void The_region_returned_keeps_its_grown_box_unclipped()
    {
        var covered = new RegionPolicy { Growth = 0.5f }.Cover(Face(new Box(-10, 0, 10, 20)), 80, 60)!;
        Assert.Equal(new Box(-20, -10, 20, 30), covered.Region.Box);
    }

    [Fact]
    public void An_outline_grows_with_the_box_and_stays_covered()
    {
        Vector2[] outline = [new(20, 10), new(40, 10), new(40, 50), new(30, 20), new(20, 50)];
        var region = Face(new Box(20, 10, 40, 50)) with { Outline = [.. outline] };
        var policy = new RegionPolicy { Shape = RegionShape.Outline, Growth = 0.1f, SoftEdge = 0 };
        var covered = policy.Cover(region, 80, 60)!;
        var tight = MaskRasterizer.Rasterize(outline, Vector2.Zero, 0, new PixelRect(0, 0, 80, 60))!;
        Assert.All(Pixels(tight.Bounds).Where(p => tight[p.X, p.Y] == 255), p => Assert.Equal(255, covered.Mask[p.X, p.Y]));
        Assert.Equal(new Vector2(18, 6), covered.Region.Outline[0]);
        Assert.Equal(0, covered.Mask[30, 45]);
    }

    [Fact]
    public void A_pixel_mask_goes_before_an_outline()
    {
        var region = Face(new Box(20, 10, 40, 50)) with
        {
            Outline = [new(20, 10), new(40, 10), new(40, 50)],
            Mask = RegionMask.Full(new PixelRect(22, 12, 24, 14)),
        };
        var covered = new RegionPolicy { Shape = RegionShape.Outline, Growth = 0, SoftEdge = 0 }.Cover(region, 80, 60)!;
        Assert.Equal(4, Pixels(new PixelRect(0, 0, 80, 60)).Count(p => covered.Mask[p.X, p.Y] == 255));
    }

    [Fact]
    public void A_region_of_the_whole_picture_is_neither_grown_nor_softened()
    {
        var covered = new RegionPolicy { Threshold = 1 }.Cover(new Region(default, RegionKind.Image, 0, Origin), 7, 5)!;
        Assert.Equal(new Box(0, 0, 7, 5), covered.Region.Box);
        Assert.All(Pixels(new PixelRect(0, 0, 7, 5)), p => Assert.Equal(255, covered.Mask[p.X, p.Y]));
    }

    [Fact]
    public void A_region_below_the_threshold_or_outside_is_left_alone()
    {
        Assert.Null(new RegionPolicy { Threshold = 0.5f }.Cover(Face(new Box(1, 1, 9, 9)) with { Score = 0.4f }, 20, 20));
        Assert.NotNull(new RegionPolicy { Threshold = 0.5f }.Cover(Face(new Box(1, 1, 9, 9)) with { Score = 0.5f }, 20, 20));
        Assert.Null(new RegionPolicy().Cover(Face(new Box(100, 1, 109, 9)), 20, 20));
    }

    [Theory]
    [InlineData(10, 10, 10, 20)]
    [InlineData(20, 10, 10, 20)]
    [InlineData(float.NaN, 10, 10, 20)]
    [InlineData(0, 0, float.PositiveInfinity, 20)]
    [InlineData(0, 0, 1e30f, 20)]
    public void A_box_that_means_nothing_is_an_error_and_not_an_empty_region(float left, float top, float right, float bottom)
    {
        var error = Assert.Throws<VeilException>(() => new RegionPolicy().Cover(Face(new Box(left, top, right, bottom)), 80, 60));
        Assert.Equal(VeilErrorCode.InvalidRegions, error.Code);
    }

    private static Region Face(Box box) => new(box, RegionKind.Face, 1, Origin);

    private static IEnumerable<(int X, int Y)> Pixels(PixelRect rect) =>
        from y in Enumerable.Range(rect.Top, Math.Max(0, rect.Height)) from x in Enumerable.Range(rect.Left, Math.Max(0, rect.Width)) select (x, y);
}
