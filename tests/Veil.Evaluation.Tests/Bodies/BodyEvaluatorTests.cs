using Veil.Evaluation.Bodies;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Bodies;

public sealed class BodyEvaluatorTests
{
    [Fact]
    public void Finding_everybody_and_nothing_else_is_perfect()
    {
        var accuracy = Evaluate([Person(0, 200), Person(300, 40)], [Found(0, 200, 0.9f), Found(300, 40, 0.8f)]);
        Assert.Equal(1, accuracy.AveragePrecision, 12);
        Assert.Equal(new BodyHeightRecall(1, null, 1, null), accuracy.AtOneFalsePositive.RecallByHeight);
    }

    [Fact]
    public void A_second_box_on_somebody_takes_the_neighbour_it_overlaps_or_is_wrong()
    {
        // As COCO has it: who was found already is not looked at again.
        var accuracy = Evaluate([Person(0, 100), Person(20, 100)], [Found(0, 100, 0.9f), Found(10, 100, 0.8f)]);
        Assert.Equal(1, accuracy.AveragePrecision, 12);
        Assert.Equal((51 + (50 * 2 / 3.0)) / 101, Evaluate([Person(0, 100), Person(300, 100)], [Found(0, 100, 0.9f), Found(5, 100, 0.8f), Found(300, 100, 0.7f)]).AveragePrecision, 9);
    }

    [Fact]
    public void What_is_found_in_a_crowd_counts_neither_way()
    {
        var crowd = new MarkedBody(Box.FromSize(400, 0, 400, 300), true);
        var accuracy = Evaluate([Person(0, 100), crowd], [Found(450, 50, 0.95f), Found(500, 60, 0.93f), Found(0, 100, 0.9f), Found(780, 100, 0.3f)]);
        Assert.Equal((1, 1.0), (accuracy.People, Math.Round(accuracy.AveragePrecision, 12)));
        Assert.Equal(1, accuracy.AtOneFalsePositive.FalsePositivesPerPicture);
    }

    [Fact]
    public void One_false_positive_per_picture_sets_the_threshold_and_pictures_without_people_count()
    {
        var evaluator = new BodyEvaluator();
        evaluator.Add(new MarkedPicture("a.jpg", [Person(0, 100)]), [Found(500, 100, 0.9f), Found(700, 100, 0.6f), Found(0, 100, 0.5f)]);
        Assert.Equal(0, evaluator.Evaluate().AtOneFalsePositive.Recall);
        evaluator.Add(new MarkedPicture("b.jpg", []), []);
        Assert.Equal((2, 1.0), (evaluator.Evaluate(0.7f).Pictures, evaluator.Evaluate().AtOneFalsePositive.Recall!.Value));
        Assert.Equal((0.5, 0.0), (evaluator.Evaluate(0.7f).AtDefault!.FalsePositivesPerPicture, evaluator.Evaluate(0.7f).AtDefault!.Recall!.Value));
    }

    [Fact]
    public void Json_has_the_agreed_keys()
    {
        var json = Evaluate([Person(0, 100)], [Found(0, 100, 0.9f)]).ToJson();
        Assert.All(["\"average-precision\"", "\"at-one-false-positive\"", "\"recall-by-height\"", "\"16-32\""], key => Assert.Contains(key, json, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_measured_is_a_mistake() => Assert.Throws<InvalidOperationException>(() => new BodyEvaluator().Evaluate());

    private static BodyAccuracy Evaluate(MarkedBody[] people, Region[] found)
    {
        var evaluator = new BodyEvaluator();
        evaluator.Add(new MarkedPicture("a.jpg", people), found);
        return evaluator.Evaluate();
    }

    private static MarkedBody Person(float left, float height) => new(Box.FromSize(left, 0, height / 2, height), false);

    private static Region Found(float left, float height, float score) =>
        new(Box.FromSize(left, 0, height / 2, height), RegionKind.Body, score, new RegionOrigin(RegionSource.Detector, "test"));
}
