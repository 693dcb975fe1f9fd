using System.Globalization;

namespace Veil.Anonymization;

/// <summary>What a <see cref="Length"/> counts.</summary>
public enum LengthUnit
{
    /// <summary>A fraction of the region's longer side.</summary>
    Relative,

    /// <summary>Pixels of the picture.</summary>
    Pixels,
}

/// <summary>
/// A size that is either a fraction of the region's longer side, so that strength holds at any resolution (the default
/// everywhere), or a fixed number of pixels (written with <c>px</c>), as presets of other tools need it.
/// </summary>
/// <param name="Value">Fraction or pixels; finite, not negative.</param>
/// <param name="Unit">Which of the two.</param>
public readonly record struct Length(float Value, LengthUnit Unit) : IParsable<Length>
{
    /// <summary>A fraction of the region's longer side.</summary>
    public static Length Relative(float fraction) => new(fraction, LengthUnit.Relative);

    /// <summary>A number of pixels.</summary>
    public static Length Pixels(float pixels) => new(pixels, LengthUnit.Pixels);

    /// <summary>The size in pixels for a region whose longer side is <paramref name="side"/> pixels.</summary>
    public float Resolve(float side) => Unit == LengthUnit.Relative ? Value * side : Value;

    /// <summary>Reads <c>0.3</c> (relative) or <c>30px</c>.</summary>
    /// <exception cref="FormatException">Neither of these.</exception>
    public static Length Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var length)
        ? length
        : throw new FormatException($"Expected a fraction of the region such as 0.3, or pixels such as 30px, but received '{s}'.");

    /// <summary>Reads <c>0.3</c> (relative) or <c>30px</c>; false when it is neither.</summary>
    public static bool TryParse(string? s, IFormatProvider? provider, out Length result)
    {
        result = default;
        if (s is null)
        {
            return false;
        }

        var text = s.AsSpan().Trim();
        var pixels = text.EndsWith("px", StringComparison.OrdinalIgnoreCase);
        var number = pixels ? text[..^2] : text;
        if (!float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !float.IsFinite(value) || value < 0)
        {
            return false;
        }

        result = new Length(value, pixels ? LengthUnit.Pixels : LengthUnit.Relative);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture) + (Unit == LengthUnit.Pixels ? "px" : "");
}
