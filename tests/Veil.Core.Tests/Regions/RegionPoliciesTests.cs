using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Regions;

public sealed class RegionPoliciesTests
{
    private static readonly Box Place = new(40, 20, 60, 80);

    [Fact]
    public void A_body_is_covered_by_its_mask_spread_a_little_and_wholly_where_it_has_none()
    {
        var mask = RegionMask.Full(new PixelRect(45, 30, 55, 70));

        var known = Cover(RegionKind.Body, body => body with { Mask = mask });
        var unknown = Cover(RegionKind.Body, body => body);

        Assert.Equal((255, 255, 0), (known.Mask[45, 30], known.Mask[45, 28], known.Mask[41, 22]));
        Assert.Equal((255, 255, 255, 0), (unknown.Mask[40, 20], unknown.Mask[38, 14], unknown.Mask[61, 85], unknown.Mask[30, 5]));
    }

    [Theory]
    [InlineData(RegionKind.Plate)]
    [InlineData(RegionKind.Text)]
    public void Plates_and_text_are_covered_to_the_corners_with_a_hard_edge(RegionKind kind)
    {
        var box = Cover(kind, region => region);
        var turned = Cover(kind, region => region with { Outline = [new(50, 20), new(60, 50), new(50, 80), new(40, 50)] });

        Assert.Equal(new PixelRect(38, 14, 62, 86), box.Mask.Bounds);
        Assert.All(Values(box.Mask), value => Assert.Equal(255, value));
        Assert.Equal((255, 255, 0), (turned.Mask[50, 20], turned.Mask[50, 16], turned.Mask[41, 22]));
        Assert.All(Values(turned.Mask), value => Assert.True(value is 0 or 255));
    }

    [Theory]
    [InlineData(RegionKind.Face)]
    [InlineData(RegionKind.Head)]
    public void Faces_and_heads_are_covered_as_ever(RegionKind kind)
    {
        var region = new Region(Place, kind, 1, new RegionOrigin(RegionSource.Hand));

        Assert.Equal(Values(new RegionPolicy().Cover(region, 100, 100)!.Mask), Values(Cover(kind, one => one).Mask));
    }

    [Fact]
    public void One_policy_stands_for_all_kinds_and_what_is_not_said_stays()
    {
        RegionPolicies all = new RegionPolicy { Growth = 0.5f };
        var some = new RegionPolicies(new Dictionary<RegionKind, RegionPolicy> { [RegionKind.Plate] = new() { Growth = 0.3f } });

        Assert.All(RegionKinds.All, kind => Assert.Equal(0.5f, all[kind].Growth));
        Assert.Equal((0.3f, RegionPolicy.For(RegionKind.Text)), (some[RegionKind.Plate].Growth, some[RegionKind.Text]));
    }

    [Fact]
    public void Every_kind_has_a_name_that_leads_back_to_it()
    {
        Assert.Equal(Enum.GetValues<RegionKind>().Order(), RegionKinds.All.Order());
        Assert.All(RegionKinds.All, kind => Assert.Equal(kind, RegionKinds.Find(RegionKinds.NameOf(kind).ToUpperInvariant())));
        Assert.Null(RegionKinds.Find("face"));
        Assert.Equal([RegionKind.Body, RegionKind.Face], RegionKinds.InOrder([RegionKind.Face, RegionKind.Body, RegionKind.Face]));
    }

    private static CoveredRegion Cover(RegionKind kind, Func<Region, Region> change) =>
        RegionPolicies.Default.Cover(change(new Region(Place, kind, 1, new RegionOrigin(RegionSource.Hand))), 100, 100)!;

    private static IEnumerable<byte> Values(RegionMask mask) => Enumerable.Range(mask.Bounds.Top, mask.Bounds.Height).SelectMany(y => mask.Row(y).ToArray());
}
