using FsCheck;
using FsCheck.Fluent;
using Veil.Evaluation.Privacy.Verification;

namespace Veil.Evaluation.Tests.Privacy.Verification;

public sealed class RocCurveTests
{
    [Theory]
    [InlineData(0.05, 0.75)]
    [InlineData(0.1, 0.75)]
    [InlineData(0.2, 1)]
    [InlineData(1, 1)]
    public void True_pairs_nearer_than_the_threshold_are_accepted(double falseAccepts, double expected) =>
        Assert.Equal(expected, new RocCurve([0, 1, 2, 3], [2.5f, 4, 5, 6, 7, 8, 9, 10, 11, 12]).TrueAccepts(falseAccepts), 12);

    [Fact]
    public void Tied_pairs_are_accepted_in_parts()
    {
        // At distance 1: one true pair of two, and two false ones of four; half of the latter are a quarter of all.
        var curve = new RocCurve([1, 2], [1, 1, 3, 4]);
        Assert.Equal(0.25, curve.TrueAccepts(0.25), 12);
        Assert.Equal(0.5, curve.TrueAccepts(0.5), 12);
    }

    [Fact]
    public void Distances_that_say_nothing_give_the_diagonal()
    {
        var curve = new RocCurve(new float[7], new float[1000]);
        Assert.All([0.001, 0.01, 0.3, 1], share => Assert.Equal(share, curve.TrueAccepts(share), 12));
        Assert.Equal(0.5, curve.EqualError(), 12);
    }

    [Fact]
    public void Equal_error_is_where_both_errors_meet()
    {
        Assert.Equal(0.25, new RocCurve([0, 1, 2, 5], [3, 6, 7, 8]).EqualError(), 12);
        Assert.Equal(0, new RocCurve([0, 1], [2, 3]).EqualError(), 12);
        Assert.Equal(1, new RocCurve([2, 3], [0, 1]).EqualError(), 12);
    }

    [Fact]
    public void The_curve_is_that_of_all_thresholds_tried_one_by_one() => Prop.ForAll(
        Gen.Choose(0, 6).NonEmptyListOf().ToArbitrary(), Gen.Choose(0, 6).NonEmptyListOf().ToArbitrary(), Gen.Choose(1, 1000).ToArbitrary(),
        (genuine, impostors, thousandths) =>
        {
            var share = thousandths / 1000.0;
            var curve = new RocCurve([.. genuine.Select(x => (float)x)], [.. impostors.Select(x => (float)x)]);
            return Math.Abs(curve.TrueAccepts(share) - Plain([.. genuine], [.. impostors], share)) < 1e-9;
        }).QuickCheckThrowOnFailure();

    /// <summary>The points of the curve, joined by straight lines.</summary>
    private static double Plain(List<int> genuine, List<int> impostors, double share)
    {
        var points = Enumerable.Range(-1, 9).Select(threshold => (
            False: (double)impostors.Count(x => x <= threshold) / impostors.Count, True: (double)genuine.Count(x => x <= threshold) / genuine.Count)).ToList();

        // Where the curve rises straight up, the share is reached at its foot and what follows is a choice: the next threshold's.
        var after = points.FindIndex(point => point.False >= share - 1e-12);
        var (low, high) = (points[after - 1], points[after]);
        return low.True + ((share - low.False) / (high.False - low.False) * (high.True - low.True));
    }
}
