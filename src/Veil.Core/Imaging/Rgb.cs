using System.Collections.Frozen;
using System.Globalization;

namespace Veil.Imaging;

/// <summary>An opaque colour, 8 bits a channel, as the picture's own colour space has it.</summary>
/// <param name="R">Red.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
public readonly record struct Rgb(byte R, byte G, byte B) : IParsable<Rgb>
{
    private static readonly FrozenDictionary<string, Rgb> Names = new Dictionary<string, Rgb>
    {
        ["black"] = new(0, 0, 0),
        ["white"] = new(255, 255, 255),
        ["grey"] = new(128, 128, 128),
        ["gray"] = new(128, 128, 128),
        ["silver"] = new(192, 192, 192),
        ["red"] = new(255, 0, 0),
        ["maroon"] = new(128, 0, 0),
        ["orange"] = new(255, 165, 0),
        ["yellow"] = new(255, 255, 0),
        ["olive"] = new(128, 128, 0),
        ["lime"] = new(0, 255, 0),
        ["green"] = new(0, 128, 0),
        ["teal"] = new(0, 128, 128),
        ["cyan"] = new(0, 255, 255),
        ["blue"] = new(0, 0, 255),
        ["navy"] = new(0, 0, 128),
        ["purple"] = new(128, 0, 128),
        ["magenta"] = new(255, 0, 255),
        ["pink"] = new(255, 192, 203),
        ["brown"] = new(165, 42, 42),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Black.</summary>
    public static Rgb Black => default;

    /// <summary>Reads <c>#rrggbb</c> or a common name (CSS values).</summary>
    /// <exception cref="FormatException">Neither of these.</exception>
    public static Rgb Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var colour)
        ? colour
        : throw new FormatException($"Expected a colour such as #80a0c0, or one of {string.Join(", ", Names.Keys.Order(StringComparer.Ordinal))}, but received '{s}'.");

    /// <summary>Reads <c>#rrggbb</c> or a common name; false when it is neither.</summary>
    public static bool TryParse(string? s, IFormatProvider? provider, out Rgb result)
    {
        result = default;
        var text = s?.Trim() ?? "";
        if (Names.TryGetValue(text, out result))
        {
            return true;
        }

        if (text.Length != 7 || text[0] != '#' || !uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        result = new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    /// <summary><c>#rrggbb</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");
}
