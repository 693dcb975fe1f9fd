using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Veil.Evaluation.Runs;

namespace Veil.Evaluation.Reports.Files;

/// <summary>
/// A report as an Office Open XML workbook: what it says, a sheet per table, and how it came about. Numbers are numbers; a column
/// with margins is followed by one that holds them.
/// </summary>
/// <remarks>All text is written as inline strings, which no spreadsheet takes for formulas; none is written as a formula or a link.</remarks>
internal static class WorkbookReport
{
    /// <summary>Writes the workbook.</summary>
    /// <param name="report">Whose rules have been checked.</param>
    /// <param name="stream">Can be read and sought; stays open.</param>
    public static void Write(Report report, Stream stream)
    {
        using var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        var book = document.AddWorkbookPart();
        book.Workbook = new Workbook();
        book.AddNewPart<WorkbookStylesPart>().Stylesheet = WorkbookStyles.Create();
        var sheets = book.Workbook.AppendChild(new Sheets());
        Add(book, sheets, "Report", Saying(report));
        foreach (var table in report.Tables())
        {
            Add(book, sheets, table.Id, TableOf(table));
        }

        Add(book, sheets, "Provenance", Origin(report.Provenance));
    }

    private static void Add(WorkbookPart book, Sheets sheets, string name, SheetRows rows)
    {
        var part = book.AddNewPart<WorksheetPart>();
        part.Worksheet = rows.ToWorksheet();
        sheets.Append(new Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)sheets.ChildElements.Count + 1, Name = name });
    }

    private static SheetRows Saying(Report report)
    {
        var rows = new SheetRows();
        rows.Add(SheetCell.Of(report.Title, CellStyle.Title));
        foreach (var warning in report.Warnings)
        {
            rows.Add(SheetCell.Of("Warning: " + warning, CellStyle.Wrapped));
        }

        foreach (var sentence in report.Summary)
        {
            rows.Add(SheetCell.Of(sentence, CellStyle.Wrapped));
        }

        rows.Add();
        rows.Add(SheetCell.Of("Sheets", CellStyle.Header));
        foreach (var table in report.Tables())
        {
            rows.Add(SheetCell.Of($"{table.Id}: {table.Caption}", CellStyle.Wrapped));
            foreach (var column in table.Columns.Where(column => column.Explanation.Length > 0))
            {
                rows.Add(SheetCell.Of($"    {column.Name}: {column.Explanation}", CellStyle.Wrapped));
            }
        }

        if (report.Tables().Any(table => table.ColumnsWithMargins().Contains(true)))
        {
            rows.Add();
            rows.Add(SheetCell.Of("Columns whose names end in ± hold half the width of the 95 % confidence interval of the column before.", CellStyle.Wrapped));
        }

        return rows;
    }

    private static SheetRows TableOf(ReportTable table)
    {
        var rows = new SheetRows { HasHeader = true };
        var margins = table.ColumnsWithMargins();
        var header = new List<SheetCell>();
        for (var column = 0; column < table.Columns.Count; column++)
        {
            header.Add(SheetCell.Of(table.Columns[column].Name, CellStyle.Header));
            if (margins[column])
            {
                header.Add(SheetCell.Of(table.Columns[column].Name + " ±", CellStyle.Header));
            }
        }

        rows.Add([.. header]);
        foreach (var row in table.Rows)
        {
            var cells = new List<SheetCell>();
            for (var column = 0; column < row.Count; column++)
            {
                var format = table.Columns[column].Format;
                var cell = row[column];
                cells.Add(cell.Value is { } value ? SheetCell.Of(value, WorkbookStyles.For(format, value, cell.Margin)) : SheetCell.Of(cell.Text ?? "", CellStyle.Plain));
                if (margins[column])
                {
                    cells.Add(cell.Margin is { } margin ? SheetCell.Of(margin, WorkbookStyles.For(format, cell.Value ?? margin, margin)) : SheetCell.Empty);
                }
            }

            rows.Add([.. cells]);
        }

        return rows;
    }

    private static SheetRows Origin(Provenance provenance)
    {
        var rows = new SheetRows();
        Fact(rows, "Veil", Provenance.Version);
        Fact(rows, "Command", provenance.Command);
        Fact(rows, "Started", provenance.Started.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        Fact(rows, "Took", DurationText.Exact(provenance.Elapsed));
        Fact(rows, "Processor", provenance.Machine.Processor);
        rows.Add(SheetCell.Of("Cores", CellStyle.Header), SheetCell.Of(provenance.Machine.Cores, CellStyle.Count));
        rows.Add(SheetCell.Of("Memory (bytes)", CellStyle.Header), SheetCell.Of(provenance.Machine.MemoryBytes, CellStyle.Count));
        Fact(rows, "System", provenance.Machine.System);
        Fact(rows, "Runtime", provenance.Machine.Runtime);
        rows.Add();
        rows.Add(SheetCell.Of("Input", CellStyle.Header), SheetCell.Of("Files", CellStyle.Header), SheetCell.Of("SHA-256", CellStyle.Header));
        foreach (var input in provenance.Inputs)
        {
            rows.Add(SheetCell.Of(input.Path, CellStyle.Plain), SheetCell.Of(input.Files, CellStyle.Count), SheetCell.Of(input.Sha256, CellStyle.Plain));
        }

        rows.Add();
        rows.Add(SheetCell.Of("Model", CellStyle.Header), SheetCell.Of("Licence", CellStyle.Header), SheetCell.Of("SHA-256", CellStyle.Header), SheetCell.Of("Limits", CellStyle.Header));
        foreach (var model in provenance.Models)
        {
            rows.Add(SheetCell.Of(model.Id, CellStyle.Plain), SheetCell.Of(model.Licence, CellStyle.Plain), SheetCell.Of(model.Sha256, CellStyle.Plain), SheetCell.Of(model.Limits, CellStyle.Plain));
        }

        rows.Add();
        rows.Add(SheetCell.Of("Option", CellStyle.Header), SheetCell.Of("Value", CellStyle.Header));
        foreach (var (name, value) in provenance.Options.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            rows.Add(SheetCell.Of(name, CellStyle.Plain), SheetCell.Of(value, CellStyle.Plain));
        }

        return rows;
    }

    private static void Fact(SheetRows rows, string name, string value) => rows.Add(SheetCell.Of(name, CellStyle.Header), SheetCell.Of(value, CellStyle.Plain));
}
