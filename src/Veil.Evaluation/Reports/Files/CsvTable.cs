using CsvHelper;

namespace Veil.Evaluation.Reports.Files;

/// <summary>
/// A table as comma-separated values (RFC 4180): UTF-8, decimal points, full precision. A column with margins is followed by one
/// that holds them, called <c>NAME ±</c>.
/// </summary>
/// <remarks>
/// Text that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises for CSV: names of classes and
/// files come from whoever made the data. Numbers do not, also negative ones. JSON and workbook carry the text unchanged, because
/// there it cannot be a formula.
/// </remarks>
internal static class CsvTable
{
    /// <summary>What tables show where there is nothing; a program that reads the file wants an empty field.</summary>
    private const string Nothing = "-";

    /// <summary>Writes the table; the stream stays open.</summary>
    public static void Write(ReportTable table, Stream stream)
    {
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true);
        var margins = table.ColumnsWithMargins();
        foreach (var (column, hasMargins) in table.Columns.Zip(margins))
        {
            csv.WriteField(column.Name);
            if (hasMargins)
            {
                csv.WriteField(column.Name + " ±");
            }
        }

        csv.EndRecord();
        foreach (var row in table.Rows)
        {
            for (var column = 0; column < row.Count; column++)
            {
                if (row[column].Value is { } value)
                {
                    csv.WriteField(value);
                }
                else
                {
                    csv.WriteField(row[column].Text is null or Nothing ? "" : row[column].Text);
                }

                if (margins[column])
                {
                    csv.WriteField(row[column].Margin);
                }
            }

            csv.EndRecord();
        }
    }
}
