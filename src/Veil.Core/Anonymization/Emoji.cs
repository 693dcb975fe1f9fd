using System.Globalization;

namespace Veil.Anonymization;

/// <summary>A face that <see cref="Methods.EmojiAnonymizer"/> may lay over a region.</summary>
/// <param name="Name">As chosen on the command line.</param>
/// <param name="CodePoint">Unicode code point in lower-case hexadecimal, the file name in the usual emoji sets.</param>
public sealed record Emoji(string Name, string CodePoint)
{
    /// <summary>The faces that vary per person, all round.</summary>
    public static IReadOnlyList<Emoji> All { get; } =
    [
        new("grinning", "1f600"),
        new("smile", "1f604"),
        new("wink", "1f609"),
        new("cool", "1f60e"),
        new("stars", "1f929"),
        new("thinking", "1f914"),
        new("zany", "1f92a"),
        new("nerd", "1f913"),
        new("eye-roll", "1f644"),
        new("sleeping", "1f634"),
        new("yum", "1f60b"),
        new("neutral", "1f610"),
        new("smirk", "1f60f"),
        new("monocle", "1f9d0"),
        new("astonished", "1f632"),
        new("upside-down", "1f643"),
    ];

    /// <summary>Finds an emoji by name, by code point (<c>1f600</c>), or by itself (<c>😀</c>); null when it is none of these.</summary>
    public static Emoji? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var known = All.FirstOrDefault(emoji => string.Equals(emoji.Name, text, StringComparison.OrdinalIgnoreCase));
        if (known is not null)
        {
            return known;
        }

        if (text.Length is 4 or 5 && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
        {
            return new Emoji(text, text.ToLowerInvariant());
        }

        // One symbol; a variation selector that asks for the coloured form may follow.
        var runes = text.EnumerateRunes().Where(rune => rune.Value != 0xFE0F).ToArray();
        return runes.Length == 1 && runes[0].Value > 0xFF
            ? new Emoji(text, runes[0].Value.ToString("x", CultureInfo.InvariantCulture))
            : null;
    }
}
