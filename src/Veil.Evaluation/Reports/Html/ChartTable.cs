using Veil.Evaluation.Reports.Files;

namespace Veil.Evaluation.Reports.Html;

/// <summary>What a chart draws, as a table.</summary>
internal static class ChartTable
{
    /// <summary>A table with everything that the chart shows; its id is not used.</summary>
    public static ReportTable Of(ReportChart chart) => chart switch
    {
        ScatterChart scatter => Points(scatter, scatter.Series, scatter.Lines),
        LineChart line => Points(line, line.Series, []),
        BarChart bars => new ReportTable("", bars.Caption, [new(""), new(bars.Y.Name, bars.Y.Format)],
            [.. bars.Bars.Select(bar => Row(ReportCell.Of(bar.Name), Measured(bar.Value, bar.Margin))), .. bars.Lines.Select(line => Row(ReportCell.Of(line.Name), ReportCell.Of(line.Value)))]),
        HeatMap map => new ReportTable("", map.Caption, [new($"{map.Y.Name} \\ {map.X.Name}"), .. map.Names.Select(name => new ReportColumn(name, ChartJson.FormatOf(map)))],
            [.. map.Names.Select((name, row) => (IReadOnlyList<ReportCell>)[ReportCell.Of(name), .. map.Values[row].Select(value => ReportCell.Of(value))])]),
        _ => throw new ArgumentOutOfRangeException(nameof(chart), chart, "Expected a known kind of chart."),
    };

    private static ReportTable Points(ReportChart chart, IReadOnlyList<ChartSeries> series, IReadOnlyList<ChartLine> lines)
    {
        var labelled = series.Any(one => one.Points.Any(point => point.Label is { Length: > 0 }));
        ReportColumn[] label = labelled ? [new("Point")] : [];
        return new ReportTable("", chart.Caption, [new("Series"), .. label, new(chart.X.Name, chart.X.Format), new(chart.Y.Name, chart.Y.Format)],
        [
            .. series.SelectMany(one => one.Points.Select(point => (IReadOnlyList<ReportCell>)
                [ReportCell.Of(one.Name), .. labelled ? [ReportCell.Of(point.Label ?? "")] : Array.Empty<ReportCell>(), Measured(point.X, point.MarginX), Measured(point.Y, point.MarginY)])),
            .. lines.Select(line => (IReadOnlyList<ReportCell>)
                [ReportCell.Of(line.Name), .. labelled ? [ReportCell.Of("")] : Array.Empty<ReportCell>(), line.Along == ChartAxis.X ? ReportCell.Of(line.Value) : ReportCell.Of(""), line.Along == ChartAxis.Y ? ReportCell.Of(line.Value) : ReportCell.Of("")]),
        ]);
    }

    private static ReportCell Measured(double value, double margin) => ReportCell.Of(value, margin == 0 ? null : margin);

    private static ReportCell[] Row(params ReportCell[] cells) => cells;
}
