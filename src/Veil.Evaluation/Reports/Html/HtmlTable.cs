using System.Globalization;

namespace Veil.Evaluation.Reports.Html;

/// <summary>A table of the page; the page's script lets the reader sort it.</summary>
internal static class HtmlTable
{
    /// <summary>Writes the table, and below it what its columns mean.</summary>
    public static void Write(HtmlWriter html, ReportTable table)
    {
        html.Open("figure", ("class", "table"), ("id", "table-" + table.Id));
        html.Element("figcaption", table.Caption, ("id", "caption-" + table.Id));
        WriteGrid(html, table, "caption-" + table.Id);
        if (table.Columns.Any(column => column.Explanation.Length > 0))
        {
            html.Open("details").Element("summary", "What the columns mean").Open("dl");
            foreach (var column in table.Columns.Where(column => column.Explanation.Length > 0))
            {
                html.Element("dt", column.Name).Element("dd", column.Explanation);
            }

            html.Close("dl").Close("details");
        }

        html.Close("figure").Line();
    }

    /// <summary>Writes rows and columns alone.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="table">Its caption stands elsewhere.</param>
    /// <param name="labelledBy">Id of the element that names it.</param>
    public static void WriteGrid(HtmlWriter html, ReportTable table, string labelledBy)
    {
        var margins = table.ColumnsWithMargins();
        html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", labelledBy));
        html.Open("table", ("aria-labelledby", labelledBy)).Open("thead").Open("tr");
        foreach (var column in table.Columns)
        {
            html.Element("th", column.Name, ("scope", "col"), ("class", column.Format == ReportFormat.Text ? null : "number"), ("title", column.Explanation.Length > 0 ? column.Explanation : null));
        }

        html.Close("tr").Close("thead").Line().Open("tbody").Line();
        foreach (var row in table.Rows)
        {
            html.Open("tr");
            for (var column = 0; column < row.Count; column++)
            {
                WriteCell(html, row[column], table.Columns[column].Format, column == 0 ? "th" : "td", margins[column]);
            }

            html.Close("tr").Line();
        }

        html.Close("tbody").Close("table").Close("div").Line();
    }

    private static void WriteCell(HtmlWriter html, ReportCell cell, ReportFormat format, string tag, bool hasMargins)
    {
        var tone = cell.Tone switch { ReportTone.Good => "good", ReportTone.Doubtful => "doubtful", ReportTone.Bad => "bad", _ => null };
        var type = (format == ReportFormat.Text ? "" : "number ") + (tone is null ? "" : "tone " + tone);
        html.Open(tag, ("scope", tag == "th" ? "row" : null), ("class", type.Length == 0 ? null : type.Trim()), ("data-value", cell.Value?.ToString("R", CultureInfo.InvariantCulture)));
        if (tone is not null)
        {
            html.Element("span", $"({tone}) ", ("class", "unseen"));
        }

        if (cell.Value is { } value)
        {
            html.Text(NumberText.Of(value, format, cell.Margin));
            if (hasMargins)
            {
                html.Element("span", cell.Margin is { } margin ? NumberText.Margin(value, margin, format) : "", ("class", "margin"));
            }
        }
        else if (format == ReportFormat.Text)
        {
            html.Breakable(cell.Text ?? "");
        }
        else
        {
            html.Element("span", cell.Text is { Length: > 0 } why ? why : "–", ("class", "missing"));
        }

        html.Close(tag);
    }
}
