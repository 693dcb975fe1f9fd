using System.Globalization;
using System.Text.RegularExpressions;

namespace Veil.Studio.Languages;

/// <summary>
/// Sentences that other parts of Veil say about a case, in the languages of the pages. A sentence is known by its English wording, which stands in
/// <c>Text/Sentences.resx</c> with places for the facts: whoever says it needs to know of no language, and what was written down long ago is
/// understood as well. Thread-safe.
/// </summary>
internal static class Sentences
{
    private const string Table = "Sentences";

    private static readonly Lazy<IReadOnlyList<Wording>> English = new(Read);

    /// <summary>A sentence in another language, its facts with it; null where it is none of those that are known.</summary>
    /// <param name="said">The sentence in English.</param>
    /// <param name="language">Not English.</param>
    public static string? Translate(string said, StudioLanguage language)
    {
        foreach (var wording in English.Value)
        {
            if (wording.Pattern.Match(said) is { Success: true } match)
            {
                object?[] facts = [.. Enumerable.Range(0, wording.Places).Select(place => Fact(match.Groups[PlaceName(place)].Value, language))];
                return new TextTable(Table, language).Format(wording.Key, facts);
            }
        }

        return null;
    }

    // Sentences may be in sentences; numbers are written as the language does.
    private static string Fact(string fact, StudioLanguage language) =>
        Translate(fact, language)
        ?? (fact.Contains('.', StringComparison.Ordinal) && double.TryParse(fact, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? fact.Replace(".", language.Culture.NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal)
            : fact);

    // The most particular first: what has more words of its own.
    private static IReadOnlyList<Wording> Read()
    {
        var english = new TextTable(Table, StudioLanguage.English);
        return [.. english.Keys.Select(key => Wording.Of(key, english[key])).OrderByDescending(wording => wording.Words)];
    }

    private static string PlaceName(int place) => FormattableString.Invariant($"f{place}");

    private sealed record Wording(string Key, Regex Pattern, int Places, int Words)
    {
        public static Wording Of(string key, string text)
        {
            var parts = Regex.Split(text, @"\{([0-9])\}", RegexOptions.None, TimeSpan.FromSeconds(1));
            var pattern = string.Concat(parts.Select((part, index) => index % 2 == 0 ? Regex.Escape(part) : $"(?<f{part}>.+?)"));
            return new Wording(
                key, new Regex($"^{pattern}$", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)),
                parts.Length / 2, parts.Where((_, index) => index % 2 == 0).Sum(part => part.Length));
        }
    }
}
