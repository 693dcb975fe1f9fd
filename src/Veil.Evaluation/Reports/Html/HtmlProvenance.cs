using System.Globalization;
using Veil.Evaluation.Runs;

namespace Veil.Evaluation.Reports.Html;

/// <summary>The page's last part: how the result came about.</summary>
internal static class HtmlProvenance
{
    /// <summary>Its heading.</summary>
    public const string Title = "How this was measured";

    /// <summary>Its place in the page.</summary>
    public const string Anchor = "provenance";

    /// <summary>Writes the part.</summary>
    public static void Write(HtmlWriter html, Provenance provenance)
    {
        html.Open("section", ("class", "provenance"), ("aria-labelledby", Anchor)).Element("h2", Title, ("id", Anchor)).Line();
        html.Element("p", "To measure it again:");
        HtmlReport.WriteCode(html, provenance.Command);
        html.Open("dl", ("class", "facts"));
        Fact(html, "Veil", Provenance.Version);
        Fact(html, "Started", provenance.Started.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        Fact(html, "Took", DurationText.Exact(provenance.Elapsed));
        Fact(html, "Processor", provenance.Machine.Processor);
        Fact(html, "Logical cores", NumberText.Of(provenance.Machine.Cores, ReportFormat.Count));
        Fact(html, "Memory", string.Create(CultureInfo.InvariantCulture, $"{provenance.Machine.MemoryBytes / (double)(1L << 30):F1} GiB"));
        Fact(html, "System", provenance.Machine.System);
        Fact(html, "Runtime", provenance.Machine.Runtime);
        html.Close("dl").Line();
        Grid(html, "Inputs", [new("Path"), new("Files", ReportFormat.Count), new("SHA-256")],
            provenance.Inputs.Select(input => new[] { ReportCell.Of(input.Path), ReportCell.Of(input.Files), ReportCell.Of(input.Sha256) }));
        Grid(html, "Models", [new("Model"), new("Licence"), new("Limits"), new("SHA-256")],
            provenance.Models.Select(model => new[] { ReportCell.Of(model.Id), ReportCell.Of(model.Licence), ReportCell.Of(model.Limits), ReportCell.Of(model.Sha256) }));
        Grid(html, "Options in force", [new("Option"), new("Value")],
            provenance.Options.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new[] { ReportCell.Of(pair.Key), ReportCell.Of(pair.Value) }));
        html.Close("section").Line();
    }

    private static void Fact(HtmlWriter html, string name, string value) => html.Open("div").Element("dt", name).Element("dd", value).Close("div").Line();

    private static void Grid(HtmlWriter html, string title, ReportColumn[] columns, IEnumerable<ReportCell[]> rows)
    {
        var table = new ReportTable("", title, columns, [.. rows]);
        if (table.Rows.Count == 0)
        {
            return;
        }

        var id = "provenance-" + columns[0].Name.ToLowerInvariant();
        html.Element("h3", title, ("id", id));
        HtmlTable.WriteGrid(html, table, id);
    }
}
