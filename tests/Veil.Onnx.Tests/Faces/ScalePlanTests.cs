using FsCheck;
using FsCheck.Fluent;
using Veil.Detection;
using Veil.Onnx.Faces;

namespace Veil.Onnx.Tests.Faces;

public class ScalePlanTests
{
    private static readonly ScaleRules Rules = new()
    {
        SmallestInputFace = 16, LargestInputFace = 96, LargestStep = 2.2f, CoarsestPixels = 300_000, LargestEnlargement = 1.25f, StandardPixels = 1_300_000,
    };

    private static readonly Arbitrary<(int Width, int Height)> Sizes =
        (from width in Gen.Choose(1, 6000) from height in Gen.Choose(1, 6000) select (width, height)).ToArbitrary();

    [Theory]
    [InlineData(DetectionEffort.Standard)]
    [InlineData(DetectionEffort.Thorough)]
    public void Every_face_size_is_covered_by_some_pass(DetectionEffort effort) => Prop.ForAll(Sizes, size =>
    {
        var passes = ScalePlan.For(size.Width, size.Height, 8, effort, Rules);
        for (var face = 1f; face < 12000; face *= 1.1f)
        {
            if (!passes.Any(pass => face >= pass.SmallestFace && face <= pass.LargestFace))
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_face_lies_whole_in_a_tile_of_each_pass_that_is_relied_on_for_it() => Prop.ForAll(
        Sizes,
        (from x in Gen.Choose(0, 1000) from y in Gen.Choose(0, 1000) select (X: x / 1000f, Y: y / 1000f)).ToArbitrary(),
        (size, place) =>
        {
            foreach (var view in ScalePlan.For(size.Width, size.Height, 8, DetectionEffort.Thorough, Rules).GroupBy(pass => pass.View))
            {
                var side = Math.Min(view.First().LargestFace, Math.Min(size.Width, size.Height));
                var left = place.X * (size.Width - side);
                var top = place.Y * (size.Height - side);
                if (side > 0 && !view.Any(pass => Holds(pass, left, top, side)))
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_inference_exceeds_the_limit() => Prop.ForAll(Sizes, size => ScalePlan
        .For(size.Width, size.Height, 8, DetectionEffort.Thorough, Rules)
        .All(pass => (pass.Window.Width + 31) / 32 * 32 * ((pass.Window.Height + 31) / 32 * 32) <= Rules.TilePixels)).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_enlarged_beyond_the_limit() => Prop.ForAll(Sizes, size => ScalePlan
        .For(size.Width, size.Height, 8, DetectionEffort.Standard, Rules)
        .All(pass => pass.Window.Scale <= Rules.LargestEnlargement)).QuickCheckThrowOnFailure();

    [Fact]
    public void Larger_wanted_faces_make_the_finest_pass_coarser() =>
        Assert.Equal(0.5f, ScalePlan.For(1024, 768, 32, DetectionEffort.Standard, Rules)[0].Window.Scale, 3);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100_000, 3)]
    [InlineData(2, 70_000)]
    public void Extreme_pictures_have_a_plan(int width, int height) =>
        Assert.NotEmpty(ScalePlan.For(width, height, 8, DetectionEffort.Standard, Rules));

    [Fact]
    public void A_model_with_one_input_size_gets_tiles_of_at_most_that_size() => Assert.All(
        ScalePlan.For(3000, 2000, 8, DetectionEffort.Standard, Rules with { FixedInput = (320, 240) }),
        pass => Assert.True(pass.Window.Width <= 320 && pass.Window.Height <= 240));

    /// <summary>With one input pixel of tolerance: the picture's own size is rounded to whole ones.</summary>
    private static bool Holds(ScalePass pass, float left, float top, float side)
    {
        var window = pass.Window;
        var rounding = 1 / window.Scale;
        return left >= window.Left - rounding && top >= window.Top - rounding
            && left + side <= window.Left + (window.Width / window.Scale) + rounding
            && top + side <= window.Top + (window.Height / window.Scale) + rounding;
    }
}
