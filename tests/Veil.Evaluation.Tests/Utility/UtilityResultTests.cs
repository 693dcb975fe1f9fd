using Veil.Evaluation.Reports;
using Veil.Evaluation.Statistics;
using Veil.Evaluation.Treatments;
using Veil.Evaluation.Utility;

namespace Veil.Evaluation.Tests.Utility;

/// <summary>Figures of a result that can be had by hand: 3 classes of 2 test pictures each.</summary>
public sealed class UtilityResultTests
{
    private static readonly UtilityDataset Dataset = Colours.Dataset(train: 8, test: 2);
    private static readonly Treatment Solid = Colours.Treatments("solid")[1];

    // The truth is 0 0 1 1 2 2.
    private static readonly TreatmentUtility Original = Of(Treatment.Original, null, [0, 0, 1, 1, 2, 2], [0, 0, 1, 1, 2, 0], [0, 0, 1, 1, 2, 2]);
    private static readonly TreatmentUtility Other = Of(Solid, Original, [0, 1, 1, 1, 0, 0], [0, 1, 1, 0, 0, 0], [1, 1, 1, 1, 0, 2]);

    [Fact]
    public void Accuracy_is_the_mean_over_seeds() => Assert.Equal((6 + 5 + 6) / 18.0, Original.Accuracy.Mean, 12);

    [Fact]
    public void Classes_have_their_own_accuracy()
    {
        Assert.Equal([1, 1, 5 / 6.0], Original.PerClass.Select(interval => interval.Mean));
        Assert.Equal([0.333, 0.833, 0.167], Other.PerClass.Select(interval => Math.Round(interval.Mean, 3)));
    }

    [Fact]
    public void Differences_are_taken_seed_by_seed()
    {
        // 3 − 6, 2 − 5 and 3 − 6 of six: the same for every seed, so that the interval is a point.
        Assert.Equal(-0.5, Other.Difference!.Value.Mean, 12);
        Assert.Equal(0, Other.Difference.Value.Margin!.Value, 12);
        Assert.Null(Original.Difference);
    }

    [Fact]
    public void Each_picture_is_counted_once_by_the_vote_of_its_seeds()
    {
        Assert.Equal([0, 1, 1, 1, 0, 0], Other.Votes);
        Assert.Equal(new PairedOutcomes(3, 0), Other.AgainstOriginal);
    }

    [Fact]
    public void A_tied_vote_goes_to_the_lowest_seed() => Assert.Equal(2, Of(Solid, null, [2, 0, 1, 1, 2, 2], [1, 0, 1, 1, 2, 2], [0, 0, 1, 1, 2, 2]).Votes[0]);

    [Fact]
    public void Confusions_are_summed_over_seeds() => Assert.Equal([[2, 4, 0], [1, 5, 0], [5, 0, 1]], Other.Confusion);

    [Theory]
    [InlineData(0, 2, "not distinguishable from originals")]
    [InlineData(-1, -1, "points less")]
    [InlineData(1, 1, "points more")]
    public void Verdicts_follow_the_interval(int first, int second, string expected)
    {
        var few = Of(Treatment.Original, null, Right(3), Right(3));
        Assert.Contains(expected, UtilityReport.Verdict(Of(Solid, few, Right(3 + first), Right(3 + second))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_keeps_the_rules_and_names_failures()
    {
        var failed = new TreatmentUtility(Solid with { Name = "broken" }, new TreatmentFailure("Nothing to fill from.", "train/red/1.png"));
        var report = UtilityReport.Build(new UtilityResult(Dataset, new UtilityOptions(), [Original, Other, failed]), Provenance());

        ReportRules.Check(report);
        Assert.Contains(report.Warnings, warning => warning.Contains("broken has no result: it failed on train/red/1.png: Nothing to fill from.", StringComparison.Ordinal));
        Assert.Contains("guessing among 3 classes would get 33.3 %", report.Summary[0], StringComparison.Ordinal);
        Assert.Contains("solid: 44.4 %", report.Summary[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_has_every_answer()
    {
        var record = UtilityRecord.Of(new UtilityResult(Dataset, new UtilityOptions(), [Original, Other]));

        Assert.Equal("frozen", record.GetProperty("options").GetProperty("protocol").GetString(), ignoreCase: true);
        Assert.Equal(6, record.GetProperty("test").GetArrayLength());
        Assert.Equal([1, 1, 1, 1, 0, 2], record.GetProperty("treatments")[1].GetProperty("trainings")[2].GetProperty("answers").EnumerateArray().Select(answer => answer.GetInt32()));
    }

    /// <summary>Answers of which the first so many are right.</summary>
    private static int[] Right(int count) => [.. Dataset.Test.Select((picture, index) => index < count ? picture.Class : (picture.Class + 1) % 3)];

    private static TreatmentUtility Of(Treatment treatment, TreatmentUtility? original, params int[][] answers) => new(
        treatment, Dataset, new CoveredCounts(24, 24, 24), [.. answers.Select((found, index) => new TrainingRun(index + 1, [new EpochResult(1, 1.2, 0.4, 1.1, 0.5), new EpochResult(2, 1.0, 0.6, 1.0, 0.6)], 2, found, 0.9, 100))], original);

    private static Provenance Provenance() => new("veil evaluate utility", new Dictionary<string, string>(), [Dataset.Input], [], MachineDescription.Current(), DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1));
}
