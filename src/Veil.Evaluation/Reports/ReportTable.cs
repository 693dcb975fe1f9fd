namespace Veil.Evaluation.Reports;

/// <summary>A table; a sheet of the workbook and a CSV file of its own.</summary>
/// <param name="Id">Name of the sheet and file: letters, digits and hyphens, unique in the report, at most 31 characters.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Left to right.</param>
/// <param name="Rows">Each with one cell per column.</param>
public sealed record ReportTable(string Id, string Caption, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows) : ReportBlock
{
    /// <summary>For each column, whether any of its cells has a margin.</summary>
    public IReadOnlyList<bool> ColumnsWithMargins() => [.. Columns.Select((_, column) => Rows.Any(row => row[column].Margin is not null))];
}

/// <summary>A column.</summary>
/// <param name="Name">Heading.</param>
/// <param name="Format">How its cells are shown.</param>
/// <param name="Explanation">What it means and its unit, shown on demand; empty for none.</param>
public sealed record ReportColumn(string Name, ReportFormat Format = ReportFormat.Text, string Explanation = "");

/// <summary>How the cells of a column are shown. Files carry full precision whatever it is.</summary>
public enum ReportFormat
{
    /// <summary>As text, to the left.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A share 0..1, as per cent with one digit.</summary>
    Share,

    /// <summary>A small share 0..1, where a tenth of a per cent matters: per cent with two digits.</summary>
    FineShare,

    /// <summary>A number with three significant digits.</summary>
    Number,
}

/// <summary>A cell: text, or a number that may have a margin.</summary>
/// <param name="Text">Shown where there is no number.</param>
/// <param name="Value">The number; null for text, or where it could not be measured (<paramref name="Text"/> then says why).</param>
/// <param name="Margin">Half the width of its 95 % confidence interval, in the number's unit; null where there is none.</param>
public readonly record struct ReportCell(string? Text, double? Value, double? Margin)
{
    /// <summary>How it is to be read; <see cref="ReportTone.Plain"/> by default.</summary>
    public ReportTone Tone { get; init; }

    /// <summary>A cell of text.</summary>
    public static ReportCell Of(string text) => new(text, null, null);

    /// <summary>A cell with a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="margin">Half the width of its 95 % confidence interval.</param>
    public static ReportCell Of(double value, double? margin = null) => new(null, value, margin);
}

/// <summary>How a cell is to be read at a glance; files of numbers do not carry it.</summary>
public enum ReportTone
{
    /// <summary>Neither good nor bad.</summary>
    Plain,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>To be looked at.</summary>
    Doubtful,

    /// <summary>Not as it should be.</summary>
    Bad,
}
