using System.Globalization;

namespace Veil.Video.Files;

/// <summary>Frames per second as an exact fraction, both parts above zero.</summary>
/// <param name="Numerator">Frames.</param>
/// <param name="Denominator">Seconds.</param>
public readonly record struct FrameRate(int Numerator, int Denominator)
{
    private const double Fastest = 1000;

    /// <summary>Reads <c>25</c>, <c>29.97</c> or <c>30000/1001</c>: above 0, at most 1000.</summary>
    public static FrameRate? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rate = text.Split('/') switch
        {
            [var whole] when decimal.TryParse(whole, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= (decimal)Fastest =>
                new FrameRate((int)Math.Round(number * 1000), 1000),
            [var over, var under]
                when int.TryParse(over, NumberStyles.None, CultureInfo.InvariantCulture, out var numerator)
                && int.TryParse(under, NumberStyles.None, CultureInfo.InvariantCulture, out var denominator) => new FrameRate(numerator, denominator),
            _ => default,
        };
        return rate.Numerator > 0 && rate.Denominator > 0 && (double)rate.Numerator / rate.Denominator <= Fastest ? rate : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
