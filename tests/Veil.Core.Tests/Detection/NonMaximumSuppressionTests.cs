using FsCheck;
using FsCheck.Fluent;
using Veil.Detection;
using Veil.Regions;

namespace Veil.Core.Tests.Detection;

public class NonMaximumSuppressionTests
{
    private static readonly Gen<(Box Box, float Score)[]> Scenes =
        (from left in Gen.Choose(0, 60)
         from top in Gen.Choose(0, 60)
         from width in Gen.Choose(0, 40)
         from height in Gen.Choose(0, 40)
         from score in Gen.Choose(0, 8)
         select (Box.FromSize(left, top, width, height), score / 8f)).ArrayOf();

    [Fact]
    public void It_picks_what_the_plain_definition_picks() => Prop.ForAll(Scenes.ToArbitrary(), scene =>
    {
        Box[] boxes = [.. scene.Select(item => item.Box)];
        float[] scores = [.. scene.Select(item => item.Score)];
        return NonMaximumSuppression.Select(boxes, scores, 0.4f).SequenceEqual(Plain(boxes, scores, 0.4f));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_box_has_a_keeper_that_overlaps_it() => Prop.ForAll(Scenes.ToArbitrary(), scene =>
    {
        Box[] boxes = [.. scene.Select(item => item.Box)];
        var keepers = new int[boxes.Length];
        var picked = NonMaximumSuppression.Select(boxes, [.. scene.Select(item => item.Score)], 0.4f, keepers);
        return keepers.Select((keeper, index) => picked.Contains(keeper) && (keeper == index || boxes[keeper].IoU(boxes[index]) > 0.4f)).All(good => good);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_equal_scores_the_first_stays()
    {
        var box = new Box(0, 0, 10, 10);
        Assert.Equal([0], NonMaximumSuppression.Select([box, box, box], [0.5f, 0.5f, 0.5f], 0.4f));
    }

    [Fact]
    public void A_score_that_is_no_number_is_never_picked()
    {
        var keepers = new int[2];
        Assert.Equal([1], NonMaximumSuppression.Select([new Box(0, 0, 1, 1), new Box(5, 5, 6, 6)], [float.NaN, 0.1f], 0.4f, keepers));
        Assert.Equal([-1, 1], keepers);
    }

    [Fact]
    public void Lengths_that_differ_are_refused() =>
        Assert.Throws<ArgumentException>(() => NonMaximumSuppression.Select([new Box(0, 0, 1, 1)], [], 0.4f));

    private static int[] Plain(Box[] boxes, float[] scores, float overlap)
    {
        var picked = new List<int>();
        foreach (var index in Enumerable.Range(0, boxes.Length).OrderByDescending(i => scores[i]).ThenBy(i => i))
        {
            if (picked.TrueForAll(other => boxes[other].IoU(boxes[index]) <= overlap))
            {
                picked.Add(index);
            }
        }

        return [.. picked];
    }
}
