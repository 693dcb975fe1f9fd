using Veil.Errors;
using Veil.Evaluation.Privacy.Verification;

namespace Veil.Evaluation.Tests.Privacy.Verification;

public sealed class PairAccuracyTests
{
    [Fact]
    public void A_folds_threshold_comes_from_the_others()
    {
        // On the second fold any threshold in 1..4 is best, 2.5 is taken: in the first fold it gets one pair of four wrong. On
        // the first fold 0..2 or 3..8 are best, of which the nearest is taken, 1: on the second fold it gets nothing wrong.
        var accuracy = PairAccuracy.Of(
        [
            [(0, true), (2, false), (3, true), (8, false)],
            [(1, true), (1, true), (4, false), (9, false)],
        ]);
        Assert.Equal(8, accuracy.Pairs);
        Assert.Equal((0.5 + 1) / 2, accuracy.Mean, 12);
        Assert.Equal(0.25, accuracy.StandardError, 12);
    }

    [Fact]
    public void Pairs_that_no_threshold_parts_are_half_right()
    {
        (float, bool)[] fold = [(1, true), (1, false)];
        Assert.Equal(0.5, PairAccuracy.Of([fold, fold, fold]).Mean, 12);
    }

    [Fact]
    public void One_fold_is_too_few() =>
        Assert.Equal(VeilErrorCode.InvalidGroundTruth, Assert.Throws<VeilException>(() => PairAccuracy.Of([[(1, true)], []])).Code);
}
