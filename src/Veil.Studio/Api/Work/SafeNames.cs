using System.Globalization;
using System.Text;

namespace Veil.Studio.Api.Work;

/// <summary>
/// Makes names that can be unpacked and saved on any system: no folder above, no root, no drive, nothing that a shell or Windows
/// takes for something else; each once.
/// </summary>
internal sealed class SafeNames
{
    private const int Longest = 120;
    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"];
    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A safe name.</summary>
    /// <param name="name">Any text; folders in it, separated by slashes, are kept.</param>
    /// <param name="extension">What it is to end with, with the dot; may be empty.</param>
    public string Give(string name, string extension)
    {
        var parts = name.Replace('\\', '/').Split('/').Select(Part).Where(part => part.Length > 0).ToList();
        var file = parts.Count > 0 ? parts[^1] : "result";
        var dot = file.LastIndexOf('.');
        var stem = dot > 0 ? file[..dot] : file;
        var folder = string.Concat(parts.SkipLast(1).Select(part => part + "/"));
        for (var i = 1; ; i++)
        {
            var given = i == 1 ? $"{folder}{stem}{extension}" : string.Create(CultureInfo.InvariantCulture, $"{folder}{stem} ({i}){extension}");
            if (_given.Add(given))
            {
                return given;
            }
        }
    }

    private static string Part(string text)
    {
        var safe = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var fine = category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                && !"<>:\"|?*".Contains(rune.ToString(), StringComparison.Ordinal) && rune != Rune.ReplacementChar;
            safe.Append(fine ? rune.ToString() : "_");
        }

        var part = safe.ToString().Trim().Trim('.').Trim();
        part = part.Length > Longest ? part[..(char.IsHighSurrogate(part[Longest - 1]) ? Longest - 1 : Longest)].TrimEnd('.', ' ') : part;
        var stem = part.Split('.')[0];
        return Reserved.Contains(stem, StringComparer.OrdinalIgnoreCase) ? "_" + part : part;
    }
}
