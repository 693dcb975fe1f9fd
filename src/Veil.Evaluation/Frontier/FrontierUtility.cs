using Veil.Evaluation.Coco;
using Veil.Evaluation.Statistics;
using Veil.Evaluation.Utility;
using Veil.Regions;

namespace Veil.Evaluation.Frontier;

/// <summary>What treatments leave of the original's utility, whatever measured it. Immutable.</summary>
/// <param name="Name">Of the axis.</param>
/// <param name="Explanation">How it was measured and what its interval is of, in a sentence or two.</param>
/// <param name="Original">The original's own figure, in words.</param>
/// <param name="ByTreatment">By the treatment's name: the share that is left, or why there is none.</param>
public sealed record FrontierUtility(
    string Name, string Explanation, string Original, IReadOnlyDictionary<string, (MeasuredShare? Share, string Missing)> ByTreatment)
{
    /// <summary>What was covered in the dataset.</summary>
    public IReadOnlyList<RegionKind> Covered { get; init; } = [RegionKind.Face];

    /// <summary>What of <see cref="Covered"/> the user asked for; empty where nothing was asked for.</summary>
    public IReadOnlyList<RegionKind> Asked { get; init; } = [];

    /// <summary>Accuracy of training on treated pictures, relative to training on originals with the same seed.</summary>
    /// <param name="result">With two seeds or more: one gives no interval, and its treatments are not measured here.</param>
    /// <param name="asked">What was covered; empty where whole pictures were, because nothing was asked for.</param>
    public static FrontierUtility Of(UtilityResult result, IReadOnlyList<RegionKind> asked)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(asked);
        IReadOnlyList<RegionKind> covered = asked.Count > 0 ? asked : [RegionKind.Image];
        return new FrontierUtility(
            "Accuracy relative to the original",
            "A classifier trained on treated pictures and tested on originals, relative to one trained on originals: the mean over seeds of the ratio with the same seed, and Student's 95 % interval over seeds. "
            + (covered is [RegionKind.Image] ? "Whole pictures were anonymized for training." : $"Of the training pictures, what was found of {string.Join(", ", covered.Select(RegionKinds.NameOf))} was anonymized, and the rest left as it is."),
            NumberWords.Share(result.Original.Accuracy.Mean) + " accuracy",
            result.Treatments.ToDictionary(treatment => treatment.Treatment.Name, treatment => Relative(treatment, result.Original), StringComparer.Ordinal))
        {
            Covered = covered, Asked = asked,
        };
    }

    /// <summary>Average precision in treated pictures, relative to originals.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="kind">The kind of region whose rows are taken.</param>
    /// <param name="what">What was found, e.g. <c>boxes of people</c>.</param>
    public static FrontierUtility Of(CocoResult result, RegionKind kind, string what)
    {
        ArgumentNullException.ThrowIfNull(result);
        var original = result.Original.Precision?.Value ?? 0;
        return new FrontierUtility(
            "Average precision relative to the original",
            $"COCO's average precision of {what} by a fixed network in pictures whose {RegionKinds.NameOf(kind)} were treated, relative to originals; the 95 % interval is that of the paired ratio over draws of pictures.",
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"an average precision of {original:F3}"),
            result.Rows.Where(row => row.Kind is null || row.Kind == kind).ToDictionary(row => row.Treatment, row => Relative(row), StringComparer.Ordinal))
        {
            Covered = [kind],
        };
    }

    private static (MeasuredShare?, string) Relative(TreatmentUtility treatment, TreatmentUtility original)
    {
        if (treatment.Failure is { } failure)
        {
            return (null, failure.Picture is { } picture ? $"{picture}: {failure.Reason}" : failure.Reason);
        }

        if (treatment.Treatment.IsOriginal)
        {
            return (new MeasuredShare(1, 1, 1), "");
        }

        var bases = original.Runs.Select(original.AccuracyOf).ToList();
        if (bases.Contains(0))
        {
            return (null, "training on originals got nothing right, so that nothing can be said of what is left");
        }

        var ratio = MeanInterval.Of([.. treatment.Runs.Zip(bases, (run, other) => treatment.AccuracyOf(run) / other)]);
        return ratio.Margin is { } margin ? (MeasuredShare.Of(ratio.Mean, margin), "") : (null, "one seed gives no interval");
    }

    private static (MeasuredShare?, string) Relative(CocoRow row)
    {
        if (row.Kind is null)
        {
            return (new MeasuredShare(1, 1, 1), "");
        }

        return row.Ratio is { } ratio
            ? (new MeasuredShare(ratio.Value, ratio.Low, ratio.High), "")
            : (null, row.Reason ?? "there is nothing to find");
    }
}
