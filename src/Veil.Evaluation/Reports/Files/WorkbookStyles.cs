using DocumentFormat.OpenXml.Spreadsheet;

namespace Veil.Evaluation.Reports.Files;

/// <summary>Styles of the workbook by their index in its style sheet.</summary>
internal enum CellStyle
{
    Plain,
    Header,
    Title,
    Wrapped,
    Count,
    Share,
    FineShare,
    Scientific,
    Decimals0,
    Decimals1,
    Decimals2,
    Decimals3,
    Decimals4,
    Decimals5,
    Decimals6,
}

/// <summary>The style sheet.</summary>
internal static class WorkbookStyles
{
    /// <summary>Number formats of the file's own start here.</summary>
    private const uint FirstOwnFormat = 164;

    private static readonly string[] OwnFormats = ["0.0%", "0.0", "0.000", "0.0000", "0.00000", "0.000000"];

    /// <summary>The style that shows a number as its column asks; the cell keeps full precision.</summary>
    public static CellStyle For(ReportFormat format, double value, double? margin) => format switch
    {
        ReportFormat.Count => CellStyle.Count,
        ReportFormat.Share => CellStyle.Share,
        ReportFormat.FineShare => CellStyle.FineShare,
        _ when Math.Abs(value) is not 0 and (< 1e-4 or >= 1e9) => CellStyle.Scientific,
        _ when double.IsFinite(value) => CellStyle.Decimals0 + NumberText.Decimals(value, margin),
        _ => CellStyle.Plain,
    };

    /// <summary>The style sheet, one cell format per <see cref="CellStyle"/> in its order.</summary>
    public static Stylesheet Create()
    {
        var formats = new NumberingFormats(OwnFormats.Select((code, index) => new NumberingFormat { NumberFormatId = FirstOwnFormat + (uint)index, FormatCode = code }));
        formats.Count = (uint)OwnFormats.Length;
        var cells = new CellFormats(Enum.GetValues<CellStyle>().Select(ToFormat));
        cells.Count = (uint)cells.ChildElements.Count;
        return new Stylesheet(
            formats,
            new Fonts(Font(11, FontWeight.Normal), Font(11, FontWeight.Bold), Font(16, FontWeight.Bold)) { Count = 3 },
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
                new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE8EDF3" }) { PatternType = PatternValues.Solid })) { Count = 3 },
            new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())) { Count = 1 },
            new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
            cells);
    }

    private enum FontWeight
    {
        Normal,
        Bold,
    }

    private static Font Font(double size, FontWeight weight)
    {
        var font = new Font();
        if (weight == FontWeight.Bold)
        {
            font.Append(new Bold());
        }

        font.Append(new FontSize { Val = size }, new FontName { Val = "Calibri" });
        return font;
    }

    private static CellFormat ToFormat(CellStyle style) => style switch
    {
        CellStyle.Header => new CellFormat { NumberFormatId = 0, FontId = 1, FillId = 2, BorderId = 0, FormatId = 0, ApplyFont = true, ApplyFill = true },
        CellStyle.Title => new CellFormat { NumberFormatId = 0, FontId = 2, FillId = 0, BorderId = 0, FormatId = 0, ApplyFont = true },
        CellStyle.Wrapped => new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }) { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0, ApplyAlignment = true },
        CellStyle.Count => Number(3), // #,##0
        CellStyle.Share => Own(0),
        CellStyle.FineShare => Number(10), // 0.00%
        CellStyle.Scientific => Number(11), // 0.00E+00
        CellStyle.Decimals0 => Number(3),
        CellStyle.Decimals1 => Own(1),
        CellStyle.Decimals2 => Number(2), // 0.00
        CellStyle.Decimals3 or CellStyle.Decimals4 or CellStyle.Decimals5 or CellStyle.Decimals6 => Own((uint)(style - CellStyle.Decimals3) + 2),
        _ => new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0 },
    };

    private static CellFormat Own(uint index) => Number(FirstOwnFormat + index);

    private static CellFormat Number(uint id) => new() { NumberFormatId = id, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0, ApplyNumberFormat = true };
}
