using System.Globalization;
using Veil.Evaluation.Reports;

namespace Veil.Evaluation.Utility;

/// <summary>Puts a result into words, tables and charts.</summary>
public static class UtilityReport
{
    private const double Level = 0.05;

    /// <summary>The report.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="provenance">How it came about.</param>
    public static Report Build(UtilityResult result, Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(provenance);
        return new Report("What anonymizing costs in accuracy", Summary(result), Sections(result, provenance.Command), provenance) { Warnings = Warnings(result) };
    }

    /// <summary>The sections alone, for a report that has more to say.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="command">The command that measures it again.</param>
    public static IReadOnlyList<ReportSection> Sections(UtilityResult result, string command)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(command);
        var measured = result.Treatments.Where(treatment => treatment.Failure is null).ToList();
        return
        [
            new ReportSection("Accuracy on originals", [UtilityTables.Accuracy(result), UtilityCharts.Accuracy(measured), new ReportText(HowToRead(result))]),
            new ReportSection("By class", [UtilityTables.Classes(result, measured)]),
            new ReportSection("Learning curves", [UtilityCharts.Validation(measured), .. measured.Select(UtilityCharts.Loss)]),
            new ReportSection("Confusion", [.. measured.Select(treatment => UtilityCharts.Confusion(result, treatment))]),
            new ReportSection("Data and procedure", [new ReportText(Procedure(result)), UtilityTables.Data(result), .. UtilityTables.Unusable(result), new ReportCode(command)]),
            new ReportSection("Every training", [UtilityTables.Runs(measured), UtilityTables.Curves(measured), UtilityTables.Confusion(result, measured)]),
        ];
    }

    /// <summary>The result in a few sentences.</summary>
    /// <param name="result">What was measured.</param>
    public static IReadOnlyList<string> Summary(UtilityResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var compared = result.Treatments.Where(treatment => treatment.Difference is not null).ToList();
        var sentences = new List<string>
        {
            $"Trained on originals, the network gets {Share(result.Original.Accuracy.Mean)}{Margin(result.Original.Accuracy.Margin)} of {Plural(result.Dataset.Test.Count, "test picture")} right; "
            + $"guessing among {Plural(result.Dataset.Classes.Count, "class", "classes")} would get {Share(1.0 / result.Dataset.Classes.Count)}.",
        };
        foreach (var treatment in compared.OrderByDescending(treatment => treatment.Difference!.Value.Mean))
        {
            sentences.Add($"Trained on {treatment.Treatment.Name}: {Share(treatment.Accuracy.Mean)}{Margin(treatment.Accuracy.Margin)}, {Verdict(treatment)}.");
        }

        sentences.AddRange(result.Treatments.Where(treatment => treatment.Failure is not null).Select(Failed));
        return sentences;
    }

    /// <summary>How a treatment compares with the original, in words.</summary>
    /// <param name="treatment">Not the original, and no failure.</param>
    public static string Verdict(TreatmentUtility treatment)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        if (treatment.Difference is not { } difference)
        {
            throw new ArgumentException("Expected a treatment with a result other than the original.", nameof(treatment));
        }

        var points = string.Create(CultureInfo.InvariantCulture, $"{100 * Math.Abs(difference.Mean):F1}");
        return difference.Margin is null ? $"{points} points {(difference.Mean < 0 ? "less" : "more")} with the one seed, which tells nothing of chance"
            : difference.ExcludesZero ? $"{points}{Points(difference.Margin)} points {(difference.Mean < 0 ? "less" : "more")}"
            : string.Create(CultureInfo.InvariantCulture, $"not distinguishable from originals ({100 * difference.Mean:+0.0;−0.0;0.0}{Points(difference.Margin)} points)");
    }

    /// <summary>What the reader must know before believing it.</summary>
    /// <param name="result">What was measured.</param>
    public static IReadOnlyList<string> Warnings(UtilityResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var warnings = result.Treatments.Where(treatment => treatment.Failure is not null).Select(Failed).ToList();
        var chance = 1.0 / result.Dataset.Classes.Count;
        if (result.Original.Accuracy.Mean - (result.Original.Accuracy.Margin ?? 0) <= chance)
        {
            warnings.Add("Trained on originals the network is not better than guessing, so that nothing can be said about what treatments cost.");
        }

        if (result.Treatments.Skip(1).Any(treatment => treatment.Covered is { WithRegions: 0 }))
        {
            warnings.Add("Nothing to cover was found in any training picture: the variants are all the same as the original.");
        }

        if (result.Dataset.Unusable.Count > 0)
        {
            warnings.Add($"{Plural(result.Dataset.Unusable.Count, "picture file")} could not be read and {(result.Dataset.Unusable.Count == 1 ? "is" : "are")} left out of every variant.");
        }

        if (result.Options.Seeds == 1)
        {
            warnings.Add("One seed gives no intervals: differences may be chance.");
        }

        return warnings;
    }

    private static string Failed(TreatmentUtility treatment) =>
        $"{treatment.Treatment.Name} has no result: {(treatment.Failure!.Picture is { } picture ? $"it failed on {picture}: " : "")}{treatment.Failure.Reason}";

    private static string HowToRead(UtilityResult result) =>
        "Each accuracy is a mean over seeds, ± half the width of its 95 % interval (Student's t over seeds): how much another training of the same pictures would differ, not how another test set would. "
        + "A seed gives every treatment the same split, order and initial weights, so that the difference to the original is taken seed by seed. "
        + "McNemar's exact test asks the other question, whether the pictures of this test set are enough to tell two networks apart: it counts pictures that only one of them gets right, each picture once, by the vote of its seeds. "
        + $"Its p-values are adjusted by Holm for {Plural(result.Treatments.Count(treatment => treatment.Difference is not null), "comparison")}.";

    private static string Procedure(UtilityResult result)
    {
        var (options, dataset) = (result.Options, result.Dataset);
        var protocol = options.Protocol == TrainingProtocol.Frozen
            ? "A frozen ResNet-50 with ImageNet weights gives 2048 features of every picture at 224×224; on these a head of 1024 rectified units, dropout 0.5, 1024 and 512 rectified units is trained"
            : $"A ResNet-50 with ImageNet weights and a head are trained end to end at {options.Side}×{options.Side}, the last {options.TrainedStages} of the network's 5 stages with the head";
        var stopping = dataset.Validation.Count > 0
            ? $"the dataset's own {Plural(dataset.Validation.Count, "validation picture")}, treated as the training pictures are,"
            : string.Create(CultureInfo.InvariantCulture, $"{100 * options.Validation:0.#} % of each class's training pictures, drawn anew by each seed and treated alike,");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{protocol}, by Adam with step size {options.Specify(dataset.Classes.Count, 1).LearningRate} in batches of {options.BatchSize}, at most {options.Epochs} epochs; training ends when the loss on {stopping} has not fallen for {options.Patience} epochs, and the best epoch's weights are tested. Test pictures are never treated.");
    }

    internal static string Share(double value) => string.Create(CultureInfo.InvariantCulture, $"{100 * value:F1} %");

    internal static bool IsBelowLevel(double p) => p < Level;

    private static string Margin(double? margin) => margin is { } half ? string.Create(CultureInfo.InvariantCulture, $" ± {100 * half:F1}") : "";

    private static string Points(double? margin) => margin is { } half ? string.Create(CultureInfo.InvariantCulture, $" ± {100 * half:F1}") : "";

    private static string Plural(int count, string noun, string? nouns = null) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? noun : nouns ?? noun + "s")}");
}
