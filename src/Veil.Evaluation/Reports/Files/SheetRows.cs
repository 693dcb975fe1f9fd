using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Veil.Evaluation.Reports.Files;

/// <summary>A cell of a sheet: text or a number.</summary>
internal readonly record struct SheetCell(string? Text, double? Value, CellStyle Style)
{
    public static SheetCell Empty => new(null, null, CellStyle.Plain);

    public static SheetCell Of(string text, CellStyle style) => new(text, null, style);

    public static SheetCell Of(double value, CellStyle style) => double.IsFinite(value) ? new(null, value, style) : new(NumberText.Of(value, ReportFormat.Number), null, CellStyle.Plain);
}

/// <summary>A sheet in the making.</summary>
internal sealed class SheetRows
{
    /// <summary>Most characters that a cell may hold.</summary>
    private const int LongestText = 32_767;

    /// <summary>Widths in characters: a column can be read, and none fills the window.</summary>
    private const int Narrowest = 8, Widest = 64;

    private readonly List<SheetCell[]> _rows = [];

    /// <summary>True where the first row names the columns: it then stays in view and filters.</summary>
    public bool HasHeader { get; init; }

    /// <summary>Adds a row.</summary>
    public void Add(params SheetCell[] cells) => _rows.Add(cells);

    /// <summary>The sheet.</summary>
    public Worksheet ToWorksheet()
    {
        var columns = _rows.Max(row => row.Length);
        var sheet = new Worksheet();
        var view = new SheetView { WorkbookViewId = 0 };
        if (HasHeader)
        {
            view.Append(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen });
            view.Append(new Selection { Pane = PaneValues.BottomLeft });
        }

        sheet.Append(new SheetViews(view));
        sheet.Append(new Columns(Enumerable.Range(0, columns).Select(Width)));
        sheet.Append(new SheetData(_rows.Select(ToRow)));
        if (HasHeader && columns > 0)
        {
            sheet.Append(new AutoFilter { Reference = $"A1:{Name(columns - 1)}{_rows.Count.ToString(CultureInfo.InvariantCulture)}" });
        }

        return sheet;
    }

    private Column Width(int column)
    {
        var longest = _rows.Where(row => row.Length > column).Max(row => row[column].Text is { } text ? Math.Min(text.Length, Widest) : 10);
        return new Column { Min = (uint)column + 1, Max = (uint)column + 1, Width = Math.Clamp(longest + 3, Narrowest, Widest), CustomWidth = true };
    }

    private static Row ToRow(SheetCell[] cells, int index)
    {
        var row = new Row { RowIndex = (uint)index + 1 };
        for (var column = 0; column < cells.Length; column++)
        {
            var reference = Name(column) + (index + 1).ToString(CultureInfo.InvariantCulture);
            var cell = cells[column];
            if (cell.Value is { } value)
            {
                row.Append(new Cell { CellReference = reference, StyleIndex = (uint)cell.Style, CellValue = new CellValue(value.ToString("R", CultureInfo.InvariantCulture)), DataType = CellValues.Number });
            }
            else if (cell.Text is { Length: > 0 } text)
            {
                row.Append(new Cell
                {
                    CellReference = reference, StyleIndex = (uint)cell.Style, DataType = CellValues.InlineString,
                    InlineString = new InlineString(new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve }),
                });
            }
        }

        return row;
    }

    /// <summary>Characters that XML cannot hold become the replacement character.</summary>
    private static string Clean(string text)
    {
        var kept = new StringBuilder(Math.Min(text.Length, LongestText));
        foreach (var rune in text.EnumerateRunes())
        {
            var fits = rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value);
            if (kept.Length + rune.Utf16SequenceLength > LongestText)
            {
                break;
            }

            kept.Append(fits ? rune.ToString() : "\ufffd");
        }

        return kept.ToString();
    }

    /// <summary>A, B, … Z, AA, …</summary>
    private static string Name(int column) => column < 26 ? ((char)('A' + column)).ToString() : Name((column / 26) - 1) + (char)('A' + (column % 26));
}
