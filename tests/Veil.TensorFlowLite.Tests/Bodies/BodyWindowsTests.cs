using FsCheck;
using FsCheck.Fluent;
using Veil.Detection;
using Veil.Regions;
using Veil.TensorFlowLite.Bodies;

namespace Veil.TensorFlowLite.Tests.Bodies;

public sealed class BodyWindowsTests
{
    private const int Side = 448;

    [Fact]
    public void The_whole_picture_is_looked_at_first_and_small_pictures_get_no_other_look()
    {
        var window = Assert.Single(BodyWindows.For(400, 300, Side, 8, DetectionEffort.Standard));
        Assert.Equal((0, 0, 400, 300, float.PositiveInfinity), (window.Left, window.Top, window.Width, window.Height, window.LargestBody));
        Assert.Equal(Side / 400f, window.Scale);
    }

    [Fact]
    public void Standard_effort_bounds_the_looks_and_thorough_effort_sees_every_pixel_enlarged()
    {
        Assert.InRange(BodyWindows.For(6000, 4000, Side, 8, DetectionEffort.Standard).Count(), 2, 20);
        Assert.Contains(BodyWindows.For(2000, 1500, Side, 8, DetectionEffort.Thorough), window => window.Scale == 1.5f);
    }

    [Fact]
    public void Who_wants_larger_faces_only_waits_for_fewer_looks() =>
        Assert.True(BodyWindows.For(2000, 1500, Side, 32, DetectionEffort.Thorough).Count() < BodyWindows.For(2000, 1500, Side, 8, DetectionEffort.Thorough).Count());

    [Fact]
    public void Windows_fit_input_and_picture_whatever_its_shape() => Prop.ForAll(Sizes, size =>
    {
        foreach (var effort in Enum.GetValues<DetectionEffort>())
        {
            foreach (var window in BodyWindows.For(size.Width, size.Height, Side, 8, effort))
            {
                Assert.True(window is { Left: >= 0, Top: >= 0, Width: >= 1, Height: >= 1 });
                Assert.True(window.Left + window.Width <= size.Width && window.Top + window.Height <= size.Height);
                Assert.True(MathF.Round(Math.Max(window.Width, window.Height) * window.Scale) <= Side);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whoever_a_scale_is_relied_on_for_lies_whole_in_one_of_its_windows() => Prop.ForAll(
        Sizes, Gen.Choose(0, 1000).Two().ToArbitrary(), (size, place) =>
        {
            foreach (var scale in BodyWindows.For(size.Width, size.Height, Side, 8, DetectionEffort.Thorough).GroupBy(window => window.Scale))
            {
                var side = Math.Min(scale.First().LargestBody, Math.Min(size.Width, size.Height)) - 1;
                if (side > 0)
                {
                    var body = Box.FromSize((size.Width - side) * place.Item1 / 1000f, (size.Height - side) * place.Item2 / 1000f, side, side);
                    Assert.Contains(scale, window => body.Left >= window.Left && body.Top >= window.Top
                        && body.Right <= window.Left + window.Width && body.Bottom <= window.Top + window.Height);
                }
            }
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<(int Width, int Height)> Sizes => Gen.OneOf(Gen.Choose(1, 40), Gen.Choose(300, 900), Gen.Choose(2000, 5000)).Two().Select(pair => (pair.Item1, pair.Item2)).ToArbitrary();
}
