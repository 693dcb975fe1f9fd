using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Methods;

public sealed class InpaintAnonymizerTests
{
    /// <summary>Two that overlap, one beside them, one far away, one over the border, one that cannot be seen.</summary>
    private static readonly Box[] Boxes =
        [new(20, 20, 60, 70), new(45, 40, 90, 80), new(100, 30, 130, 60), new(1500, 40, 1540, 90), new(1590, -20, 1640, 30), new(300, 200, 320, 220)];

    private static readonly MethodEngines Engines = new()
    {
        Stickers = _ => throw new VeilException(VeilErrorCode.InvalidOption, "none"),
        MiGan = () => FakeInpainting.Local(40),
        Telea = radius => FakeInpainting.Local((int)radius),
    };

    [Theory]
    [InlineData(InpaintEngine.MiGan)]
    [InlineData(InpaintEngine.Telea)]
    public void What_any_region_covers_is_never_looked_at(InpaintEngine engine)
    {
        var (method, covered) = (Create(engine), Covered());
        using var one = NoisePicture.Draw(1600, 120, 1);
        using var other = NoisePicture.Draw(1600, 120, 2);
        Copy(one, other, (x, y) => covered.All(region => region.Mask[x, y] == 0));
        method.Apply(one, covered, []);
        method.Apply(other, covered, []);
        AssertSame(one, other, (x, y) => covered.All(region => region.Mask[x, y] is 0 or 255) || covered.Any(region => region.Mask[x, y] == 255));
    }

    [Theory]
    [InlineData(InpaintEngine.MiGan)]
    [InlineData(InpaintEngine.Telea)]
    public void Nothing_is_read_but_what_it_says_it_reads(InpaintEngine engine)
    {
        var (method, covered) = (Create(engine), Covered());
        PixelRect[] reads = [.. method.ReadsFor(covered)];
        Assert.All(covered, region => Assert.Contains(reads, area => area.Intersect(region.Mask.Bounds) == region.Mask.Bounds));
        using var one = NoisePicture.Draw(1600, 120, 1);
        using var other = NoisePicture.Draw(1600, 120, 2);
        bool IsRead(int x, int y) => reads.Any(area => x >= area.Left && x < area.Right && y >= area.Top && y < area.Bottom);
        Copy(one, other, IsRead);
        method.Apply(one, covered, []);
        method.Apply(other, covered, []);
        AssertSame(one, other, IsRead);
    }

    [Fact]
    public void Regions_far_apart_are_filled_apart() => Assert.Equal(2, Create(InpaintEngine.MiGan).ReadsFor([.. Covered().Where(region => region.Region.Box.Top > 0)]).Count());

    [Theory]
    [InlineData(InpaintEngine.MiGan)]
    [InlineData(InpaintEngine.Telea)]
    public void An_engine_that_is_not_here_shows_when_the_method_is_made(InpaintEngine engine)
    {
        var bare = InpaintAnonymizer.Describe(new MethodEngines { Stickers = Engines.Stickers });
        Assert.Equal(VeilErrorCode.MissingNative, Assert.Throws<VeilException>(() => bare.Create(new InpaintOptions { Engine = engine })).Code);
    }

    [Fact]
    public void Only_the_network_is_a_model()
    {
        var method = InpaintAnonymizer.Describe(Engines);
        Assert.Equal(["migan"], method.Models(method.Defaults));
        Assert.Empty(method.Models(new InpaintOptions { Engine = InpaintEngine.Telea }));
    }

    private static InpaintAnonymizer Create(InpaintEngine engine) =>
        (InpaintAnonymizer)InpaintAnonymizer.Describe(Engines).Create(new InpaintOptions { Engine = engine, Radius = Length.Relative(0.2f) });

    private static List<CoveredRegion> Covered() => [.. Boxes
        .Select(box => new RegionPolicy().Cover(new Region(box, RegionKind.Body, 1, new RegionOrigin(RegionSource.Hand)), 1600, 120))
        .OfType<CoveredRegion>()];

    private static void Copy(PixelBuffer from, PixelBuffer to, Func<int, int, bool> where)
    {
        for (var y = 0; y < from.Height; y++)
        {
            for (var x = 0; x < from.Width; x++)
            {
                if (where(x, y))
                {
                    from.Row(y).Slice(x * 3, 3).CopyTo(to.Row(y)[(x * 3)..]);
                }
            }
        }
    }

    private static void AssertSame(PixelBuffer expected, PixelBuffer actual, Func<int, int, bool> where)
    {
        for (var y = 0; y < expected.Height; y++)
        {
            for (var x = 0; x < expected.Width; x++)
            {
                Assert.True(!where(x, y) || expected.Row(y).Slice(x * 3, 3).SequenceEqual(actual.Row(y).Slice(x * 3, 3)), $"({x}, {y}) differs.");
            }
        }
    }
}
