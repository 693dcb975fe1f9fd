using FsCheck;
using FsCheck.Fluent;
using Veil.Evaluation.Coco;

namespace Veil.Evaluation.Tests.Coco;

public sealed class CocoEvaluatorTests
{
    private static readonly CocoTruth Medium = new(50 * 50);

    [Fact]
    public void Finding_everything_exactly_and_nothing_else_is_perfect()
    {
        var accuracy = Evaluate([Medium, Medium], [Found(0.9, 1, 0), Found(0.8, 0, 1)]);
        Same([1, 1, 1], [accuracy.Precision, accuracy.PrecisionAtThreeQuarters, accuracy.Recall]);
        Same([0.5, 1], [accuracy.RecallOfFirst, accuracy.RecallOfTen]);
        Same([null, 1, null], [accuracy.PrecisionOfSmall, accuracy.PrecisionOfMedium, accuracy.PrecisionOfLarge]);
    }

    [Fact]
    public void Overlap_decides_at_which_thresholds_something_is_found()
    {
        // Found at 0.5, 0.55 and 0.6: three of ten thresholds.
        var accuracy = Evaluate([Medium], [Found(0.9, 0.62)]);
        Same([0.3, 1, 0], [accuracy.Precision, accuracy.PrecisionAtHalf, accuracy.PrecisionAtThreeQuarters]);
    }

    [Fact]
    public void Precision_is_read_at_101_levels_of_recall()
    {
        // Right, wrong, right: recall 1/2 with precision 1, then recall 1 with precision 2/3. 51 levels lie up to one half.
        var accuracy = Evaluate([Medium, Medium], [Found(0.9, 1, 0), Found(0.8, 0, 0), Found(0.7, 0, 1)]);
        Assert.Equal((51 + (50 * 2 / 3.0)) / 101, accuracy.Precision!.Value, 12);
    }

    [Fact]
    public void A_second_finding_on_the_same_object_is_wrong_but_on_a_crowd_it_is_neither()
    {
        Assert.Equal(0.5, Evaluate([Medium, Medium], [Found(0.9, 1, 0), Found(0.8, 0.9, 0), Found(0.7, 0.9, 0)]).RecallAtHalf!.Value);
        var crowd = new CocoTruth(5000, CocoTruthKind.Crowd);
        Same([1], [Evaluate([Medium, crowd], [Found(0.9, 0, 1), Found(0.8, 0, 0.96), Found(0.7, 1, 0)]).Precision]);
        Assert.Equal(0.5, Evaluate([Medium, crowd], [Found(0.9, 0, 0.1), Found(0.7, 1, 0)]).Precision!.Value, 12);
    }

    [Fact]
    public void An_object_to_be_found_is_taken_before_an_ignored_one_that_overlaps_more()
    {
        var ignored = new CocoTruth(2500, CocoTruthKind.Ignored);
        Same([1], [Evaluate([ignored, Medium], [Found(0.9, 0.99, 0.55)]).PrecisionAtHalf]);
        Assert.Null(Evaluate([ignored], [Found(0.9, 1)]).Precision);
    }

    [Fact]
    public void Objects_and_unmatched_findings_of_another_size_count_neither_way()
    {
        var (small, large) = (new CocoTruth(100), new CocoTruth(20000));
        var accuracy = Evaluate([small, large], [Found(0.95, 0, 0, 300), Found(0.9, 1, 0, 100), Found(0.8, 0, 1, 20000)]);
        Same([0.5, 1], [accuracy.PrecisionOfSmall, accuracy.PrecisionOfLarge]);
    }

    [Fact]
    public void Only_the_strongest_hundred_findings_of_a_picture_take_part()
    {
        var findings = Enumerable.Range(0, 100).Select(_ => Found(0.5, 0)).Append(Found(0.4, 1));
        Assert.Equal(0, Evaluate([Medium], [.. findings]).Recall);
        Assert.Equal(1, Evaluate([Medium], [.. findings.Skip(1)]).Recall);
    }

    [Fact]
    public void Figures_are_means_over_the_categories_that_have_something_to_find()
    {
        var evaluator = new CocoEvaluator(CocoProtocol.Objects);
        evaluator.Add(0, 1, [Medium], [Found(0.9, 1)]);
        evaluator.Add(0, 2, [Medium], []);
        evaluator.Add(0, 3, [], [Found(0.9)]);
        Same([0.5], [evaluator.Evaluate().Precision]);
    }

    [Fact]
    public void A_picture_that_counts_twice_is_like_two_of_them()
    {
        var picture = (Truths: new[] { Medium, Medium }, Findings: new[] { Found(0.9, 1, 0), Found(0.8, 0, 0), Found(0.7, 0, 0.7) });
        var (once, twice) = (new CocoEvaluator(CocoProtocol.Objects), new CocoEvaluator(CocoProtocol.Objects));
        once.Add(0, 0, picture.Truths, picture.Findings);
        once.Add(1, 0, [Medium], [Found(0.85, 0.6)]);
        twice.Add(0, 0, picture.Truths, picture.Findings);
        twice.Add(1, 0, picture.Truths, picture.Findings);
        Assert.Equal(twice.Evaluate().Precision!.Value, once.Precision([2, 0])!.Value, 12);
        Assert.Equal(once.Evaluate().Precision!.Value, once.Precision([1, 1])!.Value, 15);
        Assert.Null(once.Precision([0, 0]));
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        var evaluator = new CocoEvaluator(CocoProtocol.Poses);
        Assert.Contains("2 overlaps", Assert.Throws<ArgumentException>(() => evaluator.Add(0, 0, [Medium, Medium], [Found(0.5, 1)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => evaluator.Add(0, 0, [Medium], [Found(double.NaN, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => evaluator.Add(-1, 0, [], []));
        Assert.Throws<ArgumentException>(() => evaluator.Precision([1]));
        Assert.Null(evaluator.Evaluate().Precision);
    }

    [Fact]
    public void Figures_lie_between_0_and_1_recall_grows_with_findings_and_precision_falls_with_a_wrong_one_above_all()
    {
        Prop.ForAll(Scenes(), scene =>
        {
            var (plain, worse) = (new CocoEvaluator(CocoProtocol.Objects), new CocoEvaluator(CocoProtocol.Objects));
            for (var i = 0; i < scene.Length; i++)
            {
                plain.Add(i, 0, scene[i].Truths, scene[i].Findings);
                worse.Add(i, 0, scene[i].Truths, [.. scene[i].Findings, new CocoFinding(2, 2500, [.. scene[i].Truths.Select(_ => 0.0)])]);
            }

            var (before, after) = (plain.Evaluate(), worse.Evaluate());
            double?[] all = [before.Precision, before.PrecisionAtHalf, before.PrecisionAtThreeQuarters, before.Recall, before.RecallOfFirst, before.PrecisionOfMedium];
            return all.All(figure => figure is null or (>= 0 and <= 1))
                && !(before.RecallOfFirst > before.RecallOfTen) && !(before.RecallOfTen > before.Recall)
                && !(before.Precision < after.Precision);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Scores_matter_by_their_order_alone()
    {
        Prop.ForAll(Scenes(), scene =>
        {
            var (plain, other) = (new CocoEvaluator(CocoProtocol.Objects), new CocoEvaluator(CocoProtocol.Objects));
            for (var i = 0; i < scene.Length; i++)
            {
                plain.Add(i, 0, scene[i].Truths, scene[i].Findings);
                other.Add(i, 0, scene[i].Truths, [.. scene[i].Findings.Select(finding => finding with { Score = Math.Exp(3 * finding.Score) - 7 })]);
            }

            return plain.Evaluate() == other.Evaluate();
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>To twelve digits: the reference adds the smallest step above 1 to denominators, so that its 1 is a little less.</summary>
    private static void Same(double?[] expected, double?[] received) => Assert.Equal(Rounded(expected), Rounded(received));

    private static IEnumerable<double?> Rounded(double?[] figures) => figures.Select(figure => figure is { } value ? Math.Round(value, 12) : (double?)null);

    private static Arbitrary<(CocoTruth[] Truths, CocoFinding[] Findings)[]> Scenes()
    {
        var scene =
            from truths in Gen.Elements(new CocoTruth(400), Medium, new CocoTruth(20000), new CocoTruth(3000, CocoTruthKind.Crowd), new CocoTruth(3000, CocoTruthKind.Ignored)).ArrayOf()
            let objects = truths.Take(6).ToArray()
            from findings in Finding(objects.Length).ArrayOf()
            select (objects, findings.Take(12).ToArray());
        return scene.NonEmptyListOf().Select(list => list.Take(5).ToArray()).ToArbitrary();
    }

    private static Gen<CocoFinding> Finding(int objects) =>
        from score in Gen.Choose(0, 20)
        from area in Gen.Elements(400.0, 2500.0, 20000.0)
        from overlaps in Gen.Choose(0, 20).ArrayOf(objects)
        select new CocoFinding(score / 20.0, area, [.. overlaps.Select(overlap => overlap / 20.0)]);

    private static CocoAccuracy Evaluate(CocoTruth[] truths, CocoFinding[] findings)
    {
        var evaluator = new CocoEvaluator(CocoProtocol.Objects);
        evaluator.Add(0, 0, truths, findings);
        return evaluator.Evaluate();
    }

    private static CocoFinding Found(double score, params double[] overlaps) => new(score, 2500, overlaps);

    private static CocoFinding Found(double score, double first, double second, double area) => new(score, area, [first, second]);
}
