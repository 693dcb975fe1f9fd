using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Veil.Errors;
using Veil.Evaluation.Reports;

namespace Veil.Tests.Reports;

public sealed partial class ReportWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_is_four_kinds_of_files_and_nothing_else()
    {
        Write(SampleReport.Usual);

        Assert.Equal(["report.html", "report.json", "report.xlsx", "treatments.csv"], _folder.Files());
    }

    [Fact]
    public void Writing_again_replaces_what_was_there()
    {
        Write(SampleReport.Nasty);
        Write(SampleReport.Usual with { Title = "second" });

        Assert.Contains("<title>second</title>", File.ReadAllText(_folder["report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told()
    {
        _folder.Write("file", "x"u8);

        var error = Assert.Throws<VeilException>(() => ReportWriter.Write(SampleReport.Usual, default, new DirectoryInfo(_folder["file"])));

        Assert.Equal(VeilErrorCode.UnwritableOutput, error.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../escape")]
    [InlineData("History")]
    [InlineData("Provenance")]
    [InlineData("a-name-that-is-longer-than-a-sheet-may-have")]
    public void An_id_that_is_no_name_for_a_sheet_and_file_is_refused(string id) =>
        Assert.Throws<ArgumentException>(() => Write(With(new ReportTable(id, "", [new("a")], []))));

    [Fact]
    public void Two_tables_of_one_id_and_rows_that_lack_cells_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Write(With(new ReportTable("a", "", [new("a")], []), new ReportTable("A", "", [new("a")], []))));
        Assert.Throws<ArgumentException>(() => Write(With(new ReportTable("a", "", [new("a"), new("b")], [[ReportCell.Of(1)]]))));
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void The_page_names_no_other_address()
    {
        Write(SampleReport.Nasty);
        var page = File.ReadAllText(_folder["report.html"]);
        var markup = Scripts().Replace(page, "");

        Assert.DoesNotMatch("(?i)(src|href|url)\\s*[=(]\\s*[\"']?(https?:)?//", markup);
        Assert.Contains("default-src &#x27;none&#x27;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_becomes_markup()
    {
        Write(SampleReport.Nasty);
        var page = File.ReadAllText(_folder["report.html"]);
        var markup = Executable().Replace(page, "");

        Assert.DoesNotContain("<img src=x", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<!--", page, StringComparison.Ordinal);
        Assert.Equal(Count(markup, "<script type=\"application/json\""), Count(markup, "</script>"));
        Assert.Equal(4, Count(markup, "</script>"));
    }

    [Fact]
    public void The_pages_policy_allows_its_own_two_scripts_and_no_other()
    {
        Write(SampleReport.Usual);
        var page = File.ReadAllText(_folder["report.html"]);
        var allowed = Regex.Match(WebUtility.HtmlDecode(page), "script-src ([^;]*);").Groups[1].Value.Split(' ');
        var there = Executable().Matches(page).Select(script => "'sha256-" + Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups[1].Value))) + "'");

        Assert.Equal(there.Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_charts_the_page_carries_no_library()
    {
        Write(With(new ReportText("short")));

        Assert.InRange(new FileInfo(_folder["report.html"]).Length, 1, 100_000);
    }

    [Fact]
    public void Every_chart_has_a_name_and_its_numbers_in_a_table()
    {
        Write(SampleReport.Usual);
        var page = File.ReadAllText(_folder["report.html"]);

        var charts = SampleReport.Usual.Sections.SelectMany(section => section.Blocks).OfType<ReportChart>().Count();
        Assert.Equal(charts, Count(page, "role=\"img\" aria-labelledby="));
        Assert.Equal(charts, Count(page, "<summary>The chart as a table</summary>"));
        Assert.Contains("<td class=\"number\" data-value=\"0.00368\">0.37\u202f%", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_carries_full_precision_the_own_record_and_the_provenance()
    {
        using var own = JsonDocument.Parse("""{"answer":0.1234567890123456}""");
        ReportWriter.Write(SampleReport.Usual, own.RootElement, new DirectoryInfo(_folder.FullPath));
        using var json = JsonDocument.Parse(File.ReadAllBytes(_folder["report.json"]));
        var root = json.RootElement;

        Assert.Equal("0.1234567890123456", root.GetProperty("data").GetProperty("answer").GetRawText());
        Assert.Equal("veil evaluate frontier faces data --methods strengths -o out", root.GetProperty("provenance").GetProperty("command").GetString());
        var table = root.GetProperty("sections")[0].GetProperty("blocks").EnumerateArray().Single(block => block.GetProperty("kind").GetString() == "table");
        Assert.Equal("Infinity", table.GetProperty("rows")[0][3].GetProperty("value").GetString());
        Assert.Equal(0.006, table.GetProperty("rows")[0][1].GetProperty("margin").GetDouble());
    }

    [Fact]
    public void Comma_separated_values_carry_full_precision_and_no_formula()
    {
        Write(With(new ReportTable("t", "", [new("Name"), new("Value", ReportFormat.Share)], [[ReportCell.Of("=1+1"), ReportCell.Of(-0.12345678901234566, 0.1)], [ReportCell.Of("a,\"b\"\nc"), new("too few", null, null)]])));

        Assert.Equal("Name,Value,Value ±\r\n\"'=1+1\",-0.12345678901234566,0.1\r\n\"a,\"\"b\"\"\nc\",too few,\r\n", File.ReadAllText(_folder["t.csv"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_workbook_is_valid_and_numbers_are_numbers(bool nasty)
    {
        var report = nasty ? SampleReport.Nasty : SampleReport.Usual;
        Write(report);
        using var book = SpreadsheetDocument.Open(_folder["report.xlsx"], isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(book).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var sheets = book.WorkbookPart!.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name!.Value!).ToList();
        Assert.Equal(["Report", .. report.Tables().Select(table => table.Id), "Provenance"], sheets);
        var table = (WorksheetPart)book.WorkbookPart.GetPartById(book.WorkbookPart.Workbook.Descendants<Sheet>().ElementAt(1).Id!.Value!);
        Assert.Equal(PaneStateValues.Frozen, table.Worksheet.Descendants<Pane>().Single().State!.Value);
        Assert.Contains(table.Worksheet.Descendants<Cell>(), cell => cell.CellValue?.Text == (nasty ? "-0.5" : "0.989"));
        Assert.Empty(book.WorkbookPart.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<CellFormula>()));
    }

    private static Report With(params ReportBlock[] blocks) => new("t", [], [new ReportSection("s", blocks)], SampleReport.Origin("veil"));

    private static int Count(string text, string part) => Regex.Count(text, Regex.Escape(part));

    private void Write(Report report) => ReportWriter.Write(report, default, new DirectoryInfo(_folder.FullPath));

    [GeneratedRegex("<script[ >].*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Executable();
}
