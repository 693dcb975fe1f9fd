using Veil.Anonymization;
using Veil.Anonymization.Synthesis.Figures;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis.Figures;

public sealed class SceneLightTests
{
    private static readonly PixelRect Body = new(40, 20, 60, 80);

    [Fact]
    public void Light_comes_from_the_brighter_side_and_nothing_covered_counts()
    {
        var lit = Around((x, _) => x > 60 ? 200 : x < 40 ? 60 : 255);
        Assert.True(lit.From.X > 0.2f);
        Assert.Equal(1, lit.From.Length(), 3);
        Assert.Equal(lit, Around((x, _) => x > 60 ? 200 : x < 40 ? 60 : 0));
        Assert.True(Around((_, _) => 30).Gain.X < 0.7f);
    }

    [Fact]
    public void Grain_is_that_of_the_picture() => Assert.True(Around((x, y) => 100 + ((x * 7 + y * 13) % 5)).Grain > Around((_, _) => 100).Grain);

    [Fact]
    public void Where_nothing_is_uncovered_light_is_even()
    {
        using var picture = new PixelBuffer(20, 20, PixelFormat.Rgb24);
        var scene = new CoveredScene(picture, [new CoveredRegion(Region(), RegionMask.Full(picture.Bounds))], []);
        Assert.Equal(1, SceneLight.Around(scene, picture.Bounds).Gain.X);
    }

    private static SceneLight Around(Func<int, int, int> luma)
    {
        using var picture = new PixelBuffer(100, 100, PixelFormat.Rgb24);
        for (var y = 0; y < 100; y++)
        {
            for (var x = 0; x < 100; x++)
            {
                picture.Row(y).Slice(x * 3, 3).Fill((byte)luma(x, y));
            }
        }

        return SceneLight.Around(new CoveredScene(picture, [new CoveredRegion(Region(), RegionMask.Full(new PixelRect(40, 0, 61, 100)))], []), Body);
    }

    private static Region Region() => new(new Box(40, 20, 60, 80), RegionKind.Body, 1, new RegionOrigin(RegionSource.Hand));
}
