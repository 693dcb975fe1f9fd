using Veil.Evaluation.Reports;
using Veil.Evaluation.Statistics;

namespace Veil.Evaluation.Utility;

/// <summary>A result's tables: between them they say everything that was measured.</summary>
internal static class UtilityTables
{
    public static ReportTable Accuracy(UtilityResult result)
    {
        var compared = result.Treatments.Where(treatment => treatment.AgainstOriginal is not null).ToList();
        var adjusted = HolmAdjustment.Of([.. compared.Select(treatment => treatment.AgainstOriginal!.Value.PValue)]);
        return new ReportTable(
            "accuracy", "Accuracy on original test pictures by what was done to the training pictures",
            [
                new("Trained on"), new("Accuracy", ReportFormat.Share, "Share of test pictures that are right; mean over seeds ± 95 % interval"),
                new("Difference", ReportFormat.Share, "Accuracy less the original's, seed by seed; mean ± 95 % interval, in points"), new("Verdict", ReportFormat.Text, "By that interval: not distinguishable where it contains 0"),
                new("Macro average", ReportFormat.Share, "Mean of the classes' accuracies: every class counts alike"),
                new("p (McNemar)", ReportFormat.Number, "Exact, two-sided, over test pictures by vote of the seeds"), new("p (Holm)", ReportFormat.Number, "The same, adjusted for the number of comparisons"),
                new("Only original right", ReportFormat.Count, "Test pictures that only the networks trained on originals get right, by vote of the seeds"),
                new("Only this right", ReportFormat.Count, "Test pictures that only the networks trained on this get right, by vote of the seeds"),
                new("Covered", ReportFormat.Share, "Share of training pictures in which something was covered"),
            ],
            [.. result.Treatments.Select(treatment => Row(treatment, compared.IndexOf(treatment) is var index and >= 0 ? adjusted[index] : null))]);
    }

    public static ReportTable Classes(UtilityResult result, IReadOnlyList<TreatmentUtility> measured) => new(
        "classes", "Accuracy on each class's test pictures, mean over seeds",
        [new("Class"), .. measured.Select(treatment => new ReportColumn(treatment.Treatment.Name, ReportFormat.Share))],
        [.. result.Dataset.Classes.Select((name, label) => (IReadOnlyList<ReportCell>)[ReportCell.Of(name), .. measured.Select(treatment => ReportCell.Of(treatment.PerClass[label].Mean))])]);

    public static ReportTable Runs(IReadOnlyList<TreatmentUtility> measured) => new(
        "trainings", "Every training",
        [
            new("Trained on"), new("Seed", ReportFormat.Count), new("Epochs", ReportFormat.Count), new("Best epoch", ReportFormat.Count), new("Validation loss", ReportFormat.Number, "Of the best epoch, nats"),
            new("Validation accuracy", ReportFormat.Share, "Of the best epoch"), new("Test loss", ReportFormat.Number, "Nats"), new("Test accuracy", ReportFormat.Share), new("Seconds", ReportFormat.Number),
        ],
        [.. measured.SelectMany(treatment => treatment.Runs.Select(run => (IReadOnlyList<ReportCell>)
        [
            ReportCell.Of(treatment.Treatment.Name), ReportCell.Of(run.Seed), ReportCell.Of(run.Epochs.Count), ReportCell.Of(run.BestEpoch), ReportCell.Of(run.Epochs[run.BestEpoch - 1].ValidationLoss),
            ReportCell.Of(run.Epochs[run.BestEpoch - 1].ValidationAccuracy), ReportCell.Of(run.TestLoss), ReportCell.Of(treatment.AccuracyOf(run)), ReportCell.Of(run.Milliseconds / 1000),
        ]))]);

    public static ReportTable Curves(IReadOnlyList<TreatmentUtility> measured) => new(
        "curves", "Every epoch",
        [
            new("Trained on"), new("Seed", ReportFormat.Count), new("Epoch", ReportFormat.Count), new("Train loss", ReportFormat.Number, "With dropout, each batch before its step; nats"),
            new("Train accuracy", ReportFormat.Share), new("Validation loss", ReportFormat.Number, "After the epoch; nats"), new("Validation accuracy", ReportFormat.Share),
        ],
        [.. measured.SelectMany(treatment => treatment.Runs.SelectMany(run => run.Epochs.Select(epoch => (IReadOnlyList<ReportCell>)
        [
            ReportCell.Of(treatment.Treatment.Name), ReportCell.Of(run.Seed), ReportCell.Of(epoch.Epoch), ReportCell.Of(epoch.TrainLoss), ReportCell.Of(epoch.TrainAccuracy),
            ReportCell.Of(epoch.ValidationLoss), ReportCell.Of(epoch.ValidationAccuracy),
        ])))]);

    public static ReportTable Confusion(UtilityResult result, IReadOnlyList<TreatmentUtility> measured) => new(
        "confusion", "How often each class was taken for each, summed over seeds; pairs that never occurred are left out",
        [new("Trained on"), new("Class"), new("Taken for"), new("Times", ReportFormat.Count)],
        [.. measured.SelectMany(treatment => treatment.Confusion.SelectMany((row, truth) => row.Index().Where(cell => cell.Item > 0).Select(cell => (IReadOnlyList<ReportCell>)
        [
            ReportCell.Of(treatment.Treatment.Name), ReportCell.Of(result.Dataset.Classes[truth]), ReportCell.Of(result.Dataset.Classes[cell.Index]), ReportCell.Of(cell.Item),
        ])))]);

    public static ReportTable Data(UtilityResult result) => new(
        "data", "Pictures of each class",
        [new("Class"), new("Train", ReportFormat.Count), new("Validation", ReportFormat.Count, "Of the dataset's own; 0 where a part of the training pictures serves"), new("Test", ReportFormat.Count)],
        [.. result.Dataset.Classes.Select((name, label) => (IReadOnlyList<ReportCell>)
        [
            ReportCell.Of(name), .. new[] { result.Dataset.Train, result.Dataset.Validation, result.Dataset.Test }.Select(pictures => ReportCell.Of(pictures.Count(picture => picture.Class == label))),
        ])]);

    /// <summary>Nothing, where every file could be used.</summary>
    public static IEnumerable<ReportBlock> Unusable(UtilityResult result) => result.Dataset.Unusable.Count == 0 ? [] :
    [
        new ReportTable(
            "unusable", "Files that could not be read, and are left out of every variant", [new("File"), new("Reason")],
            [.. result.Dataset.Unusable.Select(file => (IReadOnlyList<ReportCell>)[ReportCell.Of(file.Path), ReportCell.Of(file.Reason)])]),
    ];

    private static IReadOnlyList<ReportCell> Row(TreatmentUtility treatment, double? adjusted)
    {
        var name = ReportCell.Of(treatment.Treatment.Name);
        if (treatment.Failure is { } failure)
        {
            var none = ReportCell.Of("–");
            return [name, none, none, ReportCell.Of("failed: " + failure.Reason) with { Tone = ReportTone.Bad }, none, none, none, none, none, none];
        }

        var (accuracy, macro, covered) = (Cell(treatment.Accuracy), Cell(treatment.MacroAccuracy), ReportCell.Of(treatment.Covered is { Pictures: > 0 } counts ? counts.WithRegions / (double)counts.Pictures : 0));
        if (treatment.Difference is not { } difference || treatment.AgainstOriginal is not { } outcomes)
        {
            var itself = ReportCell.Of("");
            return [name, accuracy, itself, itself, macro, itself, itself, itself, itself, covered];
        }

        return
        [
            name, accuracy, Cell(difference), Verdict(difference), macro, ReportCell.Of(outcomes.PValue),
            ReportCell.Of(adjusted!.Value) with { Tone = UtilityReport.IsBelowLevel(adjusted.Value) ? ReportTone.Doubtful : ReportTone.Plain },
            ReportCell.Of(outcomes.FirstAlone), ReportCell.Of(outcomes.SecondAlone), covered,
        ];
    }

    private static ReportCell Verdict(MeanInterval difference) => difference switch
    {
        { Margin: null } => ReportCell.Of("one seed"),
        { ExcludesZero: true, Mean: < 0 } => ReportCell.Of("less") with { Tone = ReportTone.Bad },
        { ExcludesZero: true } => ReportCell.Of("more") with { Tone = ReportTone.Good },
        _ => ReportCell.Of("not distinguishable"),
    };

    private static ReportCell Cell(MeanInterval interval) => ReportCell.Of(interval.Mean, interval.Margin);
}
