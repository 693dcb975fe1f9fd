using System.Globalization;
using Veil.Evaluation.Reports;
using Veil.Regions;

namespace Veil.Evaluation.Coco;

/// <summary>What a comparison has to say, as a report.</summary>
/// <param name="Title">One line.</param>
/// <param name="Measured">What was measured, with what, as a noun: <c>boxes of people by efficientdet</c>.</param>
/// <param name="Protocol">How it was measured, in sentences of their own.</param>
public sealed record CocoReport(string Title, string Measured, IReadOnlyList<string> Protocol)
{
    private const string Note = "95 % intervals: percentile bootstrap over pictures, 1000 draws, the same draws for all rows (Efron and Tibshirani, 1993). "
        + "A difference whose interval contains 0 may be chance.";

    /// <summary>Puts a result into words, tables and charts.</summary>
    /// <param name="result">The result.</param>
    /// <param name="provenance">How it came about.</param>
    public Report Create(CocoResult result, Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(provenance);
        return new Report(Title, [.. Summary(result)], [Results(result), Details(result), How(result)], provenance) { Warnings = [.. Warnings(result)] };
    }

    private static IEnumerable<string> Warnings(CocoResult result)
    {
        if (result.LeftOut.Count > 0)
        {
            yield return $"{result.LeftOut.Count} of {result.LeftOut.Count + result.Pictures} pictures could not be used and are left out everywhere; the last section names them.";
        }

        if (result.Rows.Any(row => row is { Kind: not null, State: CocoRowState.Measured, Regions: 0 }))
        {
            yield return "Of some kinds no picture has a region: their rows repeat the originals.";
        }
    }

    private IEnumerable<string> Summary(CocoResult result)
    {
        yield return result.Original.Precision is { } original
            ? $"Average precision of {Measured} on {result.Pictures} originals with {result.Objects} to find: {Text(original.Value)} ({Text(original.Low)} to {Text(original.High)})."
            : $"There is nothing to find in {result.Pictures} pictures.";
        foreach (var kind in result.Rows.Where(row => row is { Kind: not null, Difference: not null }).GroupBy(row => row.Kind!.Value))
        {
            var ordered = kind.OrderByDescending(row => row.Difference!.Value.Value).ToList();
            var (best, worst) = (ordered[0], ordered[^1]);
            yield return ordered.Count == 1
                ? $"With {RegionKinds.NameOf(kind.Key)} anonymized by {best.Treatment} it changes by {Signed(best.Difference!.Value)}."
                : $"With {RegionKinds.NameOf(kind.Key)} anonymized it changes least with {best.Treatment}, by {Signed(best.Difference!.Value)}, and most with {worst.Treatment}, by {Signed(worst.Difference!.Value)}.";
        }
    }

    private static ReportSection Results(CocoResult result)
    {
        var table = new ReportTable(
            "average-precision", "Average precision on originals and on anonymized pictures",
            [
                new("anonymized"), new("method"), new("regions", ReportFormat.Count, "Regions anonymized in all pictures together."),
                new("AP", ReportFormat.Number, "Mean over overlaps of 0.5 to 0.95."), new("difference", ReportFormat.Number, "AP less that of the originals, on the same pictures."),
                new("from", ReportFormat.Number, "Lower end of the difference's interval."), new("to", ReportFormat.Number, "Upper end of the difference's interval."),
                new("AP50", ReportFormat.Number, "At an overlap of 0.5."), new("AR", ReportFormat.Number, "Average recall: the share that is found at all."),
            ],
            [.. result.Rows.Select(Row)]);
        var charts = result.Rows.Where(row => row is { Kind: not null, Precision: not null }).GroupBy(row => row.Kind!.Value).Select(kind => new BarChart(
            $"Average precision with {RegionKinds.NameOf(kind.Key)} anonymized", new ReportAxis("AP"), [.. kind.Select(row => new ChartBar(row.Treatment, row.Precision!.Value.Value, row.Precision.Value.Margin))])
        {
            Lines = result.Original.Precision is { } original ? [new ChartLine("original", original.Value, ChartAxis.Y)] : [],
        });
        return new ReportSection("Results", [table, .. charts]);
    }

    private static IReadOnlyList<ReportCell> Row(CocoRow row)
    {
        var (kind, missing) = (ReportCell.Of(row.Kind is { } its ? RegionKinds.NameOf(its) : "nothing"), ReportCell.Of(row.Reason is null ? "-" : "not measured: " + row.Reason));
        return row.Accuracy is not { } figures
            ? [kind, ReportCell.Of(row.Treatment), ReportCell.Of("-"), missing, .. Enumerable.Repeat(ReportCell.Of("-"), 5)]
            :
            [
                kind, ReportCell.Of(row.Treatment), row.Kind is null ? ReportCell.Of("-") : ReportCell.Of(row.Regions),
                row.Precision is { } precision ? ReportCell.Of(precision.Value, precision.Margin) : missing,
                .. row.Difference is { } difference
                    ? new[] { ReportCell.Of(difference.Value, difference.Margin) with { Tone = Tone(difference) }, ReportCell.Of(difference.Low), ReportCell.Of(difference.High) }
                    : [.. Enumerable.Repeat(ReportCell.Of("-"), 3)],
                Cell(figures.PrecisionAtHalf), Cell(figures.Recall),
            ];
    }

    private static ReportTone Tone(CocoInterval difference) => !difference.ExcludesZero ? ReportTone.Plain : difference.Value < 0 ? ReportTone.Bad : ReportTone.Doubtful;

    private static ReportSection Details(CocoResult result)
    {
        (string Name, Func<CocoAccuracy, double?> Of)[] figures =
        [
            ("AP", of => of.Precision), ("AP50", of => of.PrecisionAtHalf), ("AP75", of => of.PrecisionAtThreeQuarters), ("AP small", of => of.PrecisionOfSmall),
            ("AP medium", of => of.PrecisionOfMedium), ("AP large", of => of.PrecisionOfLarge), ("AR1", of => of.RecallOfFirst), ("AR10", of => of.RecallOfTen), ("AR", of => of.Recall),
            ("AR50", of => of.RecallAtHalf), ("AR75", of => of.RecallAtThreeQuarters), ("AR small", of => of.RecallOfSmall), ("AR medium", of => of.RecallOfMedium), ("AR large", of => of.RecallOfLarge),
        ];
        var rows = result.Rows.Where(row => row.Accuracy is not null).ToList();
        var present = figures.Where(figure => rows.Exists(row => figure.Of(row.Accuracy!) is not null)).ToList();
        return new ReportSection(
            "All figures",
            [
                new ReportTable(
                    "coco", "COCO's figures; small: up to 32² pixels, medium: up to 96², large: above",
                    [new("anonymized"), new("method"), .. present.Select(figure => new ReportColumn(figure.Name, ReportFormat.Number))],
                    [.. rows.Select(row => (IReadOnlyList<ReportCell>)[ReportCell.Of(row.Kind is { } kind ? RegionKinds.NameOf(kind) : "nothing"), ReportCell.Of(row.Treatment), .. present.Select(figure => Cell(figure.Of(row.Accuracy!)))])]),
            ]);
    }

    private ReportSection How(CocoResult result)
    {
        var left = result.LeftOut.Count == 0 ? null : new ReportTable(
            "left-out", "Pictures that could not be used", [new("picture"), new("reason")],
            [.. result.LeftOut.Select(picture => (IReadOnlyList<ReportCell>)[ReportCell.Of(picture.Name), ReportCell.Of(picture.Reason)])]);
        return new ReportSection("How it was measured", [.. Protocol.Append(Note).Select(text => new ReportText(text)), .. left is null ? Array.Empty<ReportBlock>() : [left]]);
    }

    private static ReportCell Cell(double? value) => value is { } number ? ReportCell.Of(number) : ReportCell.Of("-");

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Signed(CocoInterval value) =>
        $"{value.Value.ToString("+0.000;−0.000;0", CultureInfo.InvariantCulture)} ({value.Low.ToString("+0.000;−0.000;0", CultureInfo.InvariantCulture)} to {value.High.ToString("+0.000;−0.000;0", CultureInfo.InvariantCulture)})";
}
