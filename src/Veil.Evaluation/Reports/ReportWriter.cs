using System.Text.Json;
using Veil.Errors;
using Veil.Evaluation.Reports.Files;
using Veil.Evaluation.Reports.Html;

namespace Veil.Evaluation.Reports;

/// <summary>
/// Writes a report as a web page, a workbook, JSON and comma-separated values. Each file is complete before it takes its name,
/// and replaces what an earlier run wrote. Thread-safe for different folders.
/// </summary>
public static class ReportWriter
{
    /// <summary>Name of the page: one file that needs nothing else, also no network, and can be read without running its scripts.</summary>
    public const string Page = "report.html";

    /// <summary>Name of the workbook: a sheet per table, numbers as numbers.</summary>
    public const string Workbook = "report.xlsx";

    /// <summary>Name of the JSON: the report and the evaluation's own record.</summary>
    public const string Json = "report.json";

    /// <summary>Writes report.html, report.xlsx, report.json, and NAME.csv for each table.</summary>
    /// <param name="report">What there is to say.</param>
    /// <param name="data">The evaluation's own record in full, for programs: goes into the JSON as <c>data</c>.</param>
    /// <param name="folder">Made when missing.</param>
    /// <exception cref="ArgumentException">The report breaks its own rules, e.g. two tables have one id, or a row lacks a cell.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>.</exception>
    public static void Write(Report report, JsonElement data, DirectoryInfo folder)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(folder);
        ReportRules.Check(report);
        foreach (var table in report.Tables())
        {
            ReportFile.Replace(folder, table.Id + ".csv", file => CsvTable.Write(table, file));
        }

        ReportFile.Replace(folder, Json, file => JsonReport.Write(report, data, file));
        ReportFile.Replace(folder, Workbook, file => WorkbookReport.Write(report, file));
        ReportFile.Replace(folder, Page, file => HtmlReport.Write(report, file));
    }
}
