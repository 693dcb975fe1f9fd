using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Veil.Imaging;
using Veil.Regions;
using Veil.Studio.Editing;

namespace Veil.Studio.Tests.Editing;

public sealed partial class CoverOutlineTests
{
    [Fact]
    public void A_box_is_outlined_where_it_is()
    {
        var path = CoverOutline.PathOf(RegionMask.Full(new PixelRect(10, 20, 40, 60)));
        Assert.Equal(1, path.Count(letter => letter == 'M'));
        Assert.EndsWith("Z", path, StringComparison.Ordinal);
        Assert.Equal(new Box(10, 20, 40, 60), Box.Around([.. PointsOf(path)]));
    }

    [Fact]
    public void A_hole_has_an_outline_of_its_own()
    {
        var ring = RegionMask.Full(new PixelRect(0, 0, 30, 30)).Without(RegionMask.Full(new PixelRect(10, 10, 20, 20)));
        Assert.Equal(2, CoverOutline.PathOf(ring).Count(letter => letter == 'M'));
    }

    [Fact]
    public void Cells_that_touch_at_a_corner_alone_give_closed_outlines()
    {
        byte[] coverage = [255, 0, 0, 255];
        Assert.Matches("^(M[^MZ]+Z)+$", CoverOutline.PathOf(new RegionMask(new PixelRect(0, 0, 2, 2), coverage)));
    }

    [Fact]
    public void A_large_ellipse_is_outlined_closely_and_in_few_points()
    {
        var box = new Box(300, 200, 1100, 1200);
        var region = new Region(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));
        var policy = new RegionPolicy { Growth = 0, SoftEdge = 0.1f };
        var path = CoverOutline.PathOf(RegionPolicies.FromRegionPolicy(policy), region, 2000, 1500);
        var points = PointsOf(path).ToList();
        Assert.InRange(points.Count, 12, 120);
        Assert.All(points, point => Assert.InRange((new Vector2((point.X - 700) / 400, (point.Y - 700) / 500)).Length(), 0.95f, 1.05f));
    }

    [Fact]
    public void What_covers_nothing_of_the_picture_has_no_outline()
    {
        var region = new Region(new Box(-90, -90, -50, -50), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));
        Assert.Empty(CoverOutline.PathOf(RegionPolicies.Default, region, 100, 100));
    }

    private static IEnumerable<Vector2> PointsOf(string path) => Point().Matches(path).Select(match =>
        new Vector2(float.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), float.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex("[ML]([-0-9.]+) ([-0-9.]+)")]
    private static partial Regex Point();
}
