using Veil.Datasets.Masks;
using Veil.Evaluation.Coco;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Coco;

public sealed class OverlapTests
{
    [Fact]
    public void Boxes_overlap_by_what_they_share_of_both_and_with_crowds_of_the_found_one()
    {
        CocoBox found = new(0, 0, 4, 2), truth = new(2, 0, 4, 4);
        Assert.Equal(4.0 / 20, found.Overlap(truth, CocoTruthKind.Counted));
        Assert.Equal(0.5, found.Overlap(truth, CocoTruthKind.Crowd));
        Assert.Equal(0, found.Overlap(new CocoBox(4, 0, 4, 4), CocoTruthKind.Counted));
        Assert.Equal(0, new CocoBox(1, 1, 0, 5).Overlap(truth, CocoTruthKind.Crowd));
        Assert.Equal(new CocoBox(1, 2, 3, 4), CocoBox.From(new Box(1, 2, 4, 6)));
    }

    [Fact]
    public void Masks_share_the_pixels_that_are_set_in_both()
    {
        var one = RunLengthMask.FromPixels(3, 2, [1, 1, 0, 1, 0, 0]);
        var other = RunLengthMask.FromPixels(3, 2, [0, 1, 1, 1, 1, 0]);
        Assert.Equal((2, 2, 3), (one.CommonArea(other), other.CommonArea(one), one.CommonArea(one)));
        Assert.Equal(0, one.CommonArea(RunLengthMask.FromPixels(3, 2, new byte[6])));
        Assert.Throws<ArgumentException>(() => one.CommonArea(RunLengthMask.FromPixels(2, 3, new byte[6])));
    }

    [Fact]
    public void A_point_one_spread_away_counts_as_much_as_the_bell_curve_says()
    {
        // One labelled point, the nose: 2 × 0.026 × √area away is one deviation.
        var truth = Points(new CocoKeypoint(100, 50));
        var found = Points(new CocoKeypoint(100 + (2 * 0.026 * 30), 50));
        Assert.Equal(Math.Exp(-0.5), ObjectKeypointSimilarity.Of(found, truth, 900, new CocoBox(80, 40, 30, 30)), 9);
        Assert.Equal(1, ObjectKeypointSimilarity.Of(truth, truth, 900, new CocoBox(80, 40, 30, 30)));
    }

    [Fact]
    public void Of_a_person_without_labelled_points_only_what_is_far_from_the_box_counts()
    {
        var none = Points();
        var near = Enumerable.Repeat(new CocoKeypoint(75, 30), 17).ToArray();
        Assert.Equal(1, ObjectKeypointSimilarity.Of(near, none, 900, new CocoBox(80, 40, 30, 30)));
        Assert.True(ObjectKeypointSimilarity.Of(Enumerable.Repeat(new CocoKeypoint(400, 400), 17).ToArray(), none, 900, new CocoBox(80, 40, 30, 30)) < 1e-3);
        Assert.Throws<ArgumentException>(() => ObjectKeypointSimilarity.Of(near.AsSpan(1), none, 900, default));
    }

    private static CocoKeypoint[] Points(params CocoKeypoint[] labelled) =>
        [.. labelled, .. Enumerable.Repeat(new CocoKeypoint(0, 0, IsLabelled: false), 17 - labelled.Length)];
}
