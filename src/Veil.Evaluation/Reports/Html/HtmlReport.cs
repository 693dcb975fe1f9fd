using System.Globalization;
using System.Text;

namespace Veil.Evaluation.Reports.Html;

/// <summary>
/// A report as one web page that needs nothing else: styles, scripts and pictures are in it, and its content security policy
/// forbids everything from elsewhere and every script but those two. Without scripts, the charts' tables are there to be read.
/// </summary>
internal static class HtmlReport
{
    private static readonly Lazy<EmbeddedText> Style = new(() => EmbeddedText.Read("report.css"));
    private static readonly Lazy<EmbeddedText> Script = new(() => EmbeddedText.Read("report.js"));
    private static readonly Lazy<EmbeddedText> Library = new(() => EmbeddedText.Read("echarts.min.js"));

    /// <summary>Writes the page; the stream stays open.</summary>
    public static void Write(Report report, Stream stream)
    {
        using var output = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var html = new HtmlWriter(output);
        var charts = report.Sections.SelectMany(section => section.Blocks).OfType<ReportChart>().Any();
        html.Trusted("<!DOCTYPE html>\n").Open("html", ("lang", "en")).Open("head").Line();
        html.Open("meta", ("charset", "utf-8")).Line();
        html.Open("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy(charts))).Line();
        html.Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        html.Open("meta", ("name", "color-scheme"), ("content", "light dark")).Line();
        html.Open("meta", ("name", "generator"), ("content", "Veil " + Provenance.Version)).Line();
        html.Element("title", report.Title).Line();
        html.Open("style").Trusted(Style.Value.Text).Close("style").Line().Close("head").Line();
        html.Open("body").Open("main").Line();
        WriteHead(html, report);
        var chart = 0;
        foreach (var (index, section) in report.Sections.Index())
        {
            html.Open("section", ("aria-labelledby", Anchor(index))).Element("h2", section.Title, ("id", Anchor(index))).Line();
            foreach (var block in section.Blocks)
            {
                WriteBlock(html, block, ref chart);
            }

            html.Close("section").Line();
        }

        HtmlProvenance.Write(html, report.Provenance);
        html.Close("main").Line();
        if (charts)
        {
            html.Open("script").Trusted(Library.Value.Text).Close("script").Line();
        }

        html.Open("script").Trusted(Script.Value.Text).Close("script").Line();
        html.Close("body").Close("html").Line();
    }

    /// <summary>Styles that the charting library gives its own elements are allowed: with everything else forbidden they reach nothing.</summary>
    private static string Policy(bool charts) =>
        $"default-src 'none'; img-src data:; style-src {Style.Value.Source}; style-src-attr 'unsafe-inline'; script-src {Script.Value.Source}{(charts ? " " + Library.Value.Source : "")}; base-uri 'none'; form-action 'none'";

    private static void WriteHead(HtmlWriter html, Report report)
    {
        html.Open("header").Element("p", "Veil evaluation", ("class", "overline")).Element("h1", report.Title).Line();
        html.Open("p", ("class", "byline"));
        html.Element("time", report.Provenance.Started.ToString("d MMMM yyyy", CultureInfo.InvariantCulture), ("datetime", report.Provenance.Started.ToString("O", CultureInfo.InvariantCulture)));
        html.Text($" · Veil {Provenance.Version} · {report.Provenance.Machine.Processor}");
        html.Close("p").Line();
        if (report.Warnings.Count > 0)
        {
            html.Open("div", ("class", "warnings"), ("role", "note"), ("aria-label", "Warnings")).Element("strong", "Before you rely on this").Open("ul");
            foreach (var warning in report.Warnings)
            {
                html.Element("li", warning);
            }

            html.Close("ul").Close("div").Line();
        }

        html.Open("div", ("class", "lead"));
        foreach (var paragraph in report.Summary)
        {
            html.Element("p", paragraph).Line();
        }

        html.Close("div");
        if (report.Sections.Count > 2)
        {
            html.Open("nav", ("aria-label", "Contents")).Open("ol");
            foreach (var (index, section) in report.Sections.Index())
            {
                html.Open("li").Element("a", section.Title, ("href", "#" + Anchor(index))).Close("li");
            }

            html.Open("li").Element("a", HtmlProvenance.Title, ("href", "#" + HtmlProvenance.Anchor)).Close("li").Close("ol").Close("nav");
        }

        html.Close("header").Line();
    }

    private static void WriteBlock(HtmlWriter html, ReportBlock block, ref int chart)
    {
        switch (block)
        {
            case ReportText text:
                html.Element("p", text.Text).Line();
                break;
            case ReportCode code:
                WriteCode(html, code.Text);
                break;
            case ReportTable table:
                HtmlTable.Write(html, table);
                break;
            case ReportPictures pictures:
                WritePictures(html, pictures);
                break;
            case ReportChart drawn:
                HtmlChart.Write(html, drawn, string.Create(CultureInfo.InvariantCulture, $"chart-{++chart}"));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block, "Expected a known kind of block.");
        }
    }

    /// <summary>Writes text in which every character counts.</summary>
    internal static void WriteCode(HtmlWriter html, string text) =>
        html.Open("div", ("class", "code")).Open("pre", ("tabindex", "0")).Element("code", text).Close("pre").Close("div").Line();

    private static void WritePictures(HtmlWriter html, ReportPictures pictures)
    {
        html.Open("figure", ("class", "pictures")).Element("figcaption", pictures.Caption).Open("div", ("class", "row"));
        foreach (var picture in pictures.Pictures)
        {
            html.Open("figure");
            html.Open("img", ("alt", picture.Caption), ("src", $"data:{picture.MediaType};base64,{Convert.ToBase64String(picture.Encoded.Span)}"));
            html.Element("figcaption", picture.Caption).Close("figure").Line();
        }

        html.Close("div").Close("figure").Line();
    }

    private static string Anchor(int section) => string.Create(CultureInfo.InvariantCulture, $"section-{section + 1}");
}
