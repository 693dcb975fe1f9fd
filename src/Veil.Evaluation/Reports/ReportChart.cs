namespace Veil.Evaluation.Reports;

/// <summary>A chart. What it draws also stands in a table, so that nobody depends on seeing it.</summary>
/// <param name="Caption">What it shows, in one sentence; read out in place of the picture.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
public abstract record ReportChart(string Caption, ReportAxis X, ReportAxis Y) : ReportBlock;

/// <summary>An axis.</summary>
/// <param name="Name">What it measures, with its unit.</param>
/// <param name="Format">How its numbers are shown.</param>
/// <param name="Scale">How they are spaced.</param>
public sealed record ReportAxis(string Name, ReportFormat Format = ReportFormat.Number, ReportScale Scale = ReportScale.Linear);

/// <summary>How numbers are spaced along an axis.</summary>
public enum ReportScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>By their logarithm; values of 0 and below are drawn at the axis' low end.</summary>
    Logarithmic,
}

/// <summary>Points on a plane, e.g. privacy against utility.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">E.g. one for each method; the points of a series are joined by a line in their order.</param>
public sealed record ScatterChart(string Caption, ReportAxis X, ReportAxis Y, IReadOnlyList<ChartSeries> Series) : ReportChart(Caption, X, Y)
{
    /// <summary>Straight lines across the plane, e.g. chance.</summary>
    public IReadOnlyList<ChartLine> Lines { get; init; } = [];
}

/// <summary>Values over a number, e.g. accuracy over epochs.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">One line each.</param>
public sealed record LineChart(string Caption, ReportAxis X, ReportAxis Y, IReadOnlyList<ChartSeries> Series) : ReportChart(Caption, X, Y);

/// <summary>One bar for each name, with its interval.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Y">The axis of values; bars lie, so that long names can be read.</param>
/// <param name="Bars">Top to bottom.</param>
public sealed record BarChart(string Caption, ReportAxis Y, IReadOnlyList<ChartBar> Bars) : ReportChart(Caption, new ReportAxis("", ReportFormat.Text), Y)
{
    /// <summary>Straight lines across the bars, e.g. the original's value.</summary>
    public IReadOnlyList<ChartLine> Lines { get; init; } = [];
}

/// <summary>A matrix in colours, e.g. a confusion matrix: rows top to bottom.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Names">Of the columns and, in the same order, of the rows.</param>
/// <param name="Values">Rows of values.</param>
public sealed record HeatMap(string Caption, ReportAxis X, ReportAxis Y, IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<double>> Values) : ReportChart(Caption, X, Y);

/// <summary>Points with a name in common.</summary>
/// <param name="Name">Shown in the legend.</param>
/// <param name="Points">In the order in which they are joined.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>How they are drawn on a <see cref="ScatterChart"/>; <see cref="ChartSeriesStyle.Joined"/> by default.</summary>
    public ChartSeriesStyle Style { get; init; }
}

/// <summary>How the points of a series are drawn.</summary>
public enum ChartSeriesStyle
{
    /// <summary>Marks, joined by a thin line.</summary>
    Joined,

    /// <summary>A heavy staircase from point to point with a ring around each: the border of what can be had. Labels are always shown.</summary>
    Front,

    /// <summary>A large ring around each, not joined: what the reader is to see first. Labels are always shown.</summary>
    Ringed,
}

/// <summary>A point.</summary>
/// <param name="X">Along the horizontal axis.</param>
/// <param name="Y">Along the vertical axis.</param>
/// <param name="Label">Shown beside it or on demand; empty for none.</param>
public readonly record struct ChartPoint(double X, double Y, string Label = "")
{
    /// <summary>Half the width of the 95 % confidence interval of <see cref="X"/>; 0 for none.</summary>
    public double MarginX { get; init; }

    /// <summary>Half the width of the 95 % confidence interval of <see cref="Y"/>; 0 for none.</summary>
    public double MarginY { get; init; }
}

/// <summary>A bar.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Value">Its length.</param>
/// <param name="Margin">Half the width of its 95 % confidence interval; 0 for none.</param>
public readonly record struct ChartBar(string Name, double Value, double Margin = 0);

/// <summary>A straight line across a chart, at a value of one axis.</summary>
/// <param name="Name">Written beside it.</param>
/// <param name="Value">Where.</param>
/// <param name="Along">Which axis the value is of.</param>
public readonly record struct ChartLine(string Name, double Value, ChartAxis Along);

/// <summary>An axis of a chart.</summary>
public enum ChartAxis
{
    /// <summary>The horizontal one.</summary>
    X,

    /// <summary>The vertical one (of a <see cref="BarChart"/>: the one of values).</summary>
    Y,
}
