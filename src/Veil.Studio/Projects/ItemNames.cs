using System.Text;

namespace Veil.Studio.Projects;

/// <summary>
/// Names of items. They come from browsers and file systems and become names in archives and folders, so that nothing in one may lead out of the
/// place where it is unpacked, on any system.
/// </summary>
internal static class ItemNames
{
    private const int LongestPart = 120;

    // Windows takes these for devices, whatever stands after the first dot.
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>A relative path with forward slashes that is safe everywhere, as near to the name as may be; never empty.</summary>
    public static string Safe(string name)
    {
        var parts = name.Split('/', '\\').Select(SafePart).Where(part => part.Length > 0).ToList();
        return parts.Count == 0 ? "unnamed" : string.Join('/', parts);
    }

    /// <summary>A name that is not taken, also where upper and lower case are the same; it is taken then.</summary>
    public static string Take(string name, HashSet<string> taken)
    {
        var (folder, file) = name.LastIndexOf('/') is >= 0 and var slash ? (name[..(slash + 1)], name[(slash + 1)..]) : ("", name);
        var (stem, extension) = (Path.GetFileNameWithoutExtension(file), Path.GetExtension(file));
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
        {
            free = FormattableString.Invariant($"{folder}{stem} ({number}){extension}");
        }

        return free;
    }

    private static string SafePart(string part)
    {
        var kept = new StringBuilder();
        foreach (var rune in part.EnumerateRunes())
        {
            kept.Append(Rune.IsControl(rune) || rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*' || rune == Rune.ReplacementChar ? "_" : rune.ToString());
        }

        // Windows drops dots and spaces at the end, so that two names would be one.
        var text = kept.ToString().Trim().TrimEnd('.', ' ');
        if (text.Length > LongestPart)
        {
            var extension = Path.GetExtension(text) is { Length: <= 12 } ending ? ending : "";
            var end = LongestPart - extension.Length;
            text = text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + extension;
        }

        return Devices.Contains(text.Split('.')[0].TrimEnd()) ? "_" + text : text;
    }
}
