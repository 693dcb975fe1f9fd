using Veil.Anonymization.Synthesis.Figures;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis.Figures;

public sealed class CoarseOutlineTests
{
    private static readonly PixelRect Area = new(0, 0, 200, 400);

    [Fact]
    public void A_stance_is_kept_and_detail_is_not()
    {
        var whole = CoarseOutline.Of(Body(Drawn((x, y) => x is >= 60 and < 140 && y is >= 40 and < 360)), Area)!;
        Assert.Equal(1, whole.At(100, 200), 3);
        Assert.Equal(0, whole.At(20, 200), 3);
        Assert.Equal(0.5f, whole.At(60, 200), 0.15f);
        var ragged = CoarseOutline.Of(Body(Drawn((x, y) => x >= 60 + (y % 4) && x < 140 - (y % 3) && y is >= 40 and < 360)), Area)!;
        for (var y = 10; y < 400; y += 10)
        {
            for (var x = 5; x < 200; x += 10)
            {
                Assert.Equal(whole.At(x, y), ragged.At(x, y), 0.25f);
            }
        }
    }

    [Fact]
    public void At_the_picture_s_border_a_body_goes_on()
    {
        var outline = CoarseOutline.Of(Body(Drawn((x, _) => x < 100)), Area)!;
        Assert.Equal((1f, 1f), (outline.At(0, 0), outline.At(20, 399)));
    }

    [Fact]
    public void Without_a_shape_in_the_area_there_is_no_outline()
    {
        Assert.Null(CoarseOutline.Of(Body(null), Area));
        Assert.Null(CoarseOutline.Of(Body(RegionMask.Full(new PixelRect(500, 0, 510, 10))), Area));
        Assert.NotNull(CoarseOutline.Of(Body(RegionMask.Full(new PixelRect(5, 5, 6, 6))), Area));
        Assert.NotNull(CoarseOutline.Of(Body(null) with { Outline = [new(5, 5), new(90, 5), new(40, 300)] }, Area));
    }

    private static RegionMask Drawn(Func<int, int, bool> inside) => new(Area, [.. Enumerable.Range(0, 200 * 400).Select(i => inside(i % 200, i / 200) ? byte.MaxValue : (byte)0)]);

    private static Region Body(RegionMask? mask) => new(new Box(0, 0, 200, 400), RegionKind.Body, 1, new RegionOrigin(RegionSource.Annotation)) { Mask = mask };
}
