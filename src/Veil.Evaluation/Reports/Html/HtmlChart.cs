using System.Text;
using System.Text.Json;
using Veil.Evaluation.Reports.Files;

namespace Veil.Evaluation.Reports.Html;

/// <summary>A chart of the page: its data for the script that draws it, and the same numbers as a table.</summary>
internal static class HtmlChart
{
    /// <summary>Writes the chart.</summary>
    public static void Write(HtmlWriter html, ReportChart chart, string id)
    {
        html.Open("figure", ("class", "chart"), ("id", id));
        html.Element("figcaption", chart.Caption, ("id", id + "-caption"));

        // Drawn by the script; the table below says the same to everybody else.
        html.Open("div", ("class", "plot"), ("role", "img"), ("aria-labelledby", id + "-caption"), ("aria-describedby", id + "-hint"), ("data-chart", id + "-data")).Close("div");
        html.Element("p", "The numbers of this chart stand in the table that follows it.", ("class", "unseen"), ("id", id + "-hint"));
        html.Open("script", ("type", "application/json"), ("id", id + "-data")).Trusted(Json(chart)).Close("script").Line();
        html.Open("details").Element("summary", "The chart as a table");
        HtmlTable.WriteGrid(html, ChartTable.Of(chart), id + "-caption");
        html.Close("details").Close("figure").Line();
    }

    /// <summary>JSON in which no character means anything to HTML: the encoder writes &lt;, &gt;, &amp; and quotes as \u escapes.</summary>
    private static string Json(ReportChart chart)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            ChartJson.Write(json, chart);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
