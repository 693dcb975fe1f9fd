using System.Globalization;

namespace Veil.Evaluation.Reports;

/// <summary>Numbers as they are shown to people. Files for machines carry full precision instead.</summary>
internal static class NumberText
{
    /// <summary>Narrow space that does not break a line.</summary>
    private const string Space = "\u202f";

    /// <summary>A value.</summary>
    public static string Of(double value, ReportFormat format, double? margin = null) =>
        double.IsNaN(value) ? "–"
        : double.IsInfinity(value) ? value > 0 ? "∞" : "−∞"
        : Minus(format switch
        {
            ReportFormat.Count => value.ToString("N0", CultureInfo.InvariantCulture),
            ReportFormat.Share => Percent(value, 1),
            ReportFormat.FineShare => Percent(value, 2),
            _ => Scientific(value) ?? value.ToString("N" + Decimals(value, margin), CultureInfo.InvariantCulture),
        });

    /// <summary>The margin that belongs to a value, with its sign.</summary>
    public static string Margin(double value, double margin, ReportFormat format) => "±" + Space + (double.IsFinite(margin)
        ? format switch
        {
            ReportFormat.Count => margin.ToString("N0", CultureInfo.InvariantCulture),
            ReportFormat.Share => (margin * 100).ToString("N1", CultureInfo.InvariantCulture),
            ReportFormat.FineShare => (margin * 100).ToString("N2", CultureInfo.InvariantCulture),
            _ => Scientific(margin) ?? margin.ToString("N" + Decimals(value, margin), CultureInfo.InvariantCulture),
        }
        : "∞");

    /// <summary>Digits after the point that show three significant ones, and at least one of the margin.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="margin">Of the value; null for none.</param>
    public static int Decimals(double value, double? margin = null)
    {
        var ofValue = value == 0 ? 0 : 2 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var ofMargin = margin is > 0 and < double.PositiveInfinity ? -(int)Math.Floor(Math.Log10(margin.Value)) : 0;
        return Math.Clamp(Math.Max(ofValue, ofMargin), 0, 6);
    }

    private static string Percent(double value, int digits) => (value * 100).ToString("N" + digits, CultureInfo.InvariantCulture) + Space + "%";

    private static string? Scientific(double value)
    {
        var size = Math.Abs(value);
        if (size is 0 or (>= 1e-4 and < 1e9))
        {
            return null;
        }

        var exponent = (int)Math.Floor(Math.Log10(size));
        return string.Create(CultureInfo.InvariantCulture, $"{value / Math.Pow(10, exponent):F2}{Space}×{Space}10{Raised(exponent)}");
    }

    private static string Raised(int exponent) => string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    private static string Minus(string text) => text.Replace('-', '−');
}
