using Veil.Evaluation.Reports;

namespace Veil.Evaluation.Utility;

/// <summary>A result's charts.</summary>
internal static class UtilityCharts
{
    private static readonly ReportAxis Epoch = new("epoch", ReportFormat.Count);

    public static BarChart Accuracy(IReadOnlyList<TreatmentUtility> measured) => new(
        "Accuracy on original test pictures by what was done to the training pictures, with 95 % intervals over seeds", new ReportAxis("accuracy", ReportFormat.Share),
        [.. measured.Select(treatment => new ChartBar(treatment.Treatment.Name, treatment.Accuracy.Mean, treatment.Accuracy.Margin ?? 0))])
    {
        Lines = [new ChartLine("original", measured[0].Accuracy.Mean, ChartAxis.Y), new ChartLine("guessing", 1.0 / measured[0].PerClass.Count, ChartAxis.Y)],
    };

    public static LineChart Validation(IReadOnlyList<TreatmentUtility> measured) => new(
        "Accuracy on validation pictures by epoch, mean over seeds, as far as every seed was trained", Epoch, new ReportAxis("validation accuracy", ReportFormat.Share),
        [.. measured.Select(treatment => new ChartSeries(treatment.Treatment.Name, [.. Enumerable.Range(0, treatment.Runs.Min(run => run.Epochs.Count))
            .Select(index => new ChartPoint(index + 1, treatment.Runs.Average(run => run.Epochs[index].ValidationAccuracy)))]))]);

    public static LineChart Loss(TreatmentUtility treatment) => new(
        $"{treatment.Treatment.Name}: loss by epoch for each seed; the weights of the lowest validation loss were tested", Epoch, new ReportAxis("loss, nats"),
        [.. treatment.Runs.SelectMany(run => new[]
        {
            new ChartSeries($"train, seed {run.Seed}", [.. run.Epochs.Select(epoch => new ChartPoint(epoch.Epoch, epoch.TrainLoss))]),
            new ChartSeries($"validation, seed {run.Seed}", [.. run.Epochs.Select(epoch => new ChartPoint(epoch.Epoch, epoch.ValidationLoss))]),
        })]);

    public static HeatMap Confusion(UtilityResult result, TreatmentUtility treatment) => new(
        $"{treatment.Treatment.Name}: share of each class's test pictures (row) that were taken for each class (column), over all seeds",
        new ReportAxis("taken for", ReportFormat.Share), new ReportAxis("class", ReportFormat.Share), result.Dataset.Classes,
        [.. treatment.Confusion.Select(row => (IReadOnlyList<double>)[.. row.Select(count => count / (double)row.Sum())])]);
}
