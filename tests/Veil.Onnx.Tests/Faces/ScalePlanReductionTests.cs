using FsCheck;
using FsCheck.Fluent;
using Veil.Detection;
using Veil.Onnx.Faces;

namespace Veil.Onnx.Tests.Faces;

public class ScalePlanReductionTests
{
    private static readonly ScaleRules Rules = new()
    {
        SmallestInputFace = 12, LargestInputFace = 96, LargestStep = 2.2f, CoarsestPixels = 300_000, LargestEnlargement = 1.25f, StandardPixels = 1_300_000,
    };

    [Fact]
    public void A_reduced_picture_is_never_enlarged_and_shown_as_large() => Prop.ForAll(
        (from width in Gen.Choose(1, 9000) from height in Gen.Choose(1, 9000) select (width, height)).ToArbitrary(),
        Gen.Elements(4, 8, 20, 60, 300).ToArbitrary(),
        (size, smallestFace) =>
        {
            var reduction = ScalePlan.Reduction(size.width, size.height, smallestFace, DetectionEffort.Standard, Rules);
            var full = ScalePlan.For(size.width, size.height, smallestFace, DetectionEffort.Standard, Rules);
            var reduced = ScalePlan.For((size.width + reduction - 1) / reduction, (size.height + reduction - 1) / reduction, smallestFace, DetectionEffort.Standard, Rules);
            return reduction is 1 or 2 or 4 or 8 && full.Count == reduced.Count && full.Zip(reduced).All(pair =>
                (reduction == 1 || pair.Second.Window.Scale <= 1)
                && Math.Abs(pair.First.Window.Width - pair.Second.Window.Width) <= 1 + (pair.First.Window.Width / 500)
                && Math.Abs(pair.First.Window.Height - pair.Second.Window.Height) <= 1 + (pair.First.Window.Height / 500));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(4000, 3000, 8, DetectionEffort.Standard, 2)]
    [InlineData(8000, 6000, 8, DetectionEffort.Standard, 4)]
    [InlineData(640, 480, 8, DetectionEffort.Standard, 1)]
    [InlineData(4000, 3000, 8, DetectionEffort.Thorough, 1)]
    public void Large_pictures_are_reduced_where_the_plan_looks_no_closer(int width, int height, int smallestFace, DetectionEffort effort, int reduction) =>
        Assert.Equal(reduction, ScalePlan.Reduction(width, height, smallestFace, effort, Rules));
}
