using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Evaluation.Utility;

namespace Veil.Evaluation.Tests.Utility;

public sealed class UtilityExperimentTests
{
    [Fact]
    public void Originals_are_learned_and_covered_pictures_are_not()
    {
        var result = new Colours().Run(Colours.Dataset(train: 20), Colours.Treatments("solid"), Colours.Options with { Epochs = 40 });

        Assert.Equal(["original", "solid"], result.Treatments.Select(treatment => treatment.Treatment.Name));
        Assert.InRange(result.Original.Accuracy.Mean, 0.9, 1);
        Assert.InRange(result.Treatments[1].Accuracy.Mean, 0, 0.6);
        Assert.InRange(result.Treatments[1].Difference!.Value.Mean, -1, -0.3);
        Assert.InRange(result.Treatments[1].AgainstOriginal!.Value.PValue, 0, 0.05);
    }

    [Fact]
    public void Test_pictures_are_never_treated_and_validation_pictures_are()
    {
        var colours = new Colours();

        colours.Run(Colours.Dataset(train: 8, test: 5, validation: 4), Colours.Treatments("solid"));

        // 3 · (8 + 4 + 5) originals, then 3 · (8 + 4) covered ones, which all look alike.
        Assert.Equal(Colours.Timed(treatments: 2) + 51 + 36, colours.Encoded.Count);
        Assert.Single(colours.Encoded.Skip(Colours.Timed(treatments: 2) + 51).Distinct());
    }

    [Fact]
    public void The_same_seed_gives_every_treatment_the_same_split_order_and_weights()
    {
        var colours = new Colours();

        colours.Run(Colours.Dataset(), Colours.Treatments("gaussian:sigma=0.01"), Colours.Options with { Epochs = 2 });

        Assert.Equal([1, 2, 1, 2], Trained(colours).Select(made => made.Specification.Seed));
        var orders = Trained(colours).Select(made => made.Classifier.Batches).ToList();
        Assert.Equal(orders[0], orders[2]);
        Assert.Equal(orders[1], orders[3]);
        Assert.NotEqual(orders[0], orders[1]);
        Assert.NotEqual(orders[0].Take(3), orders[0].Skip(3).Take(3));
    }

    [Fact]
    public void A_part_of_each_class_is_kept_for_validation_where_there_is_no_such_split()
    {
        var colours = new Colours();

        colours.Run(Colours.Dataset(train: 10), Colours.Treatments("original"), Colours.Options with { Epochs = 1, Seeds = 1 });

        // 8 of 10 of each class.
        Assert.Equal([8, 8, 8], Trained(colours).Single().Classifier.Batches.SelectMany(labels => labels).CountBy(label => label).Select(pair => pair.Value));
    }

    [Fact]
    public void Training_stops_when_validation_does_not_get_better_and_the_best_epoch_is_tested()
    {
        // With so large a step it soon gets worse.
        var run = new Colours().Run(Colours.Dataset(), Colours.Treatments("original"), Colours.Options with { Epochs = 40, Patience = 2, LearningRate = 20, Seeds = 1 }).Original.Runs.Single();

        Assert.True(run.Epochs.Count < 40);
        Assert.Equal(run.Epochs.Count, run.BestEpoch + 2);
        Assert.Equal(run.Epochs.Min(epoch => epoch.ValidationLoss), run.Epochs[run.BestEpoch - 1].ValidationLoss);
    }

    [Fact]
    public void A_treatment_that_fails_on_a_picture_has_no_result_and_the_others_have()
    {
        var result = new Colours().Run(Colours.Dataset(), [Treatment.Original, Colours.FailingOn(blue: 145), .. Colours.Treatments("solid").Skip(1)]);

        var failed = result.Treatments[1];
        Assert.Equal("Too blue.", failed.Failure!.Reason);
        Assert.StartsWith("train/blue/", failed.Failure.Picture, StringComparison.Ordinal);
        Assert.Empty(failed.Runs);
        Assert.Null(result.Treatments[2].Failure);
    }

    [Fact]
    public void Pictures_without_anything_to_cover_stay_as_they_are_and_are_counted()
    {
        var whole = new Colours();
        var nobody = new Colours { Find = picture => picture.Class == 0 ? whole.Find(picture) : [] };

        var result = nobody.Run(Colours.Dataset(train: 8), Colours.Treatments("solid"));

        Assert.Equal(new CoveredCounts(24, 8, 8), result.Treatments[1].Covered);
        Assert.Equal(Colours.Timed(treatments: 2) + (3 * (8 + 5)) + 8, nobody.Encoded.Count);
    }

    [Fact]
    public void The_first_report_says_how_long_it_will_take_and_the_last_that_nothing_is_left()
    {
        var reports = new Reports();

        new Colours().Run(Colours.Dataset(), Colours.Treatments("solid"), progress: reports);

        Assert.Equal(("estimating", 0), (reports.All[0].Step, reports.All[0].Done));
        Assert.True(reports.All[0].Left > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, reports.All[^1].Left);
        Assert.All(reports.All, report => Assert.InRange(report.Done, 0, report.Total));
    }

    [Fact]
    public void Every_classifier_is_disposed_of()
    {
        var colours = new Colours();

        colours.Run(Colours.Dataset(), Colours.Treatments("solid"));

        Assert.All(colours.Made, made => Assert.True(made.Classifier.IsDisposed));
    }

    /// <summary>Those that were made for a measurement: the first is made to time it.</summary>
    private static IEnumerable<(ClassifierSpecification Specification, SoftmaxRegression Classifier)> Trained(Colours colours) => colours.Made.Skip(1);

    private sealed class Reports : IProgress<WorkProgress>
    {
        public List<WorkProgress> All { get; } = [];

        public void Report(WorkProgress value) => All.Add(value);
    }
}
