using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Veil.Studio.Languages;

/// <summary>A language of the pages, with how it writes numbers and dates. Veil runs without ICU, so both are said here.</summary>
internal sealed record StudioLanguage
{
    /// <summary>The cookie that keeps the user's choice.</summary>
    public const string Cookie = "veil-language";

    private StudioLanguage(string code, string name, CultureInfo culture) => (Code, Name, Culture) = (code, name, culture);

    /// <summary>English, which every text exists in.</summary>
    public static StudioLanguage English { get; } = new("en", "English", CultureFor(".", ",", "d MMM yyyy", "HH:mm", []));

    /// <summary>German.</summary>
    public static StudioLanguage German { get; } = new("de", "Deutsch", CultureFor(",", ".", "d. MMM yyyy", "HH:mm",
        ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.", ""]));

    /// <summary>All, in the order in which they are offered.</summary>
    public static IReadOnlyList<StudioLanguage> All { get; } = [English, German];

    /// <summary>BCP 47.</summary>
    public string Code { get; }

    /// <summary>Its name in itself.</summary>
    public string Name { get; }

    /// <summary>Formats numbers and dates.</summary>
    public CultureInfo Culture { get; }

    /// <summary>The language with a code, or null.</summary>
    public static StudioLanguage? Find(string? code) => All.FirstOrDefault(language => string.Equals(language.Code, code, StringComparison.OrdinalIgnoreCase));

    /// <summary>The language of a request: the one chosen before, or the first that the browser asks for.</summary>
    public static StudioLanguage Of(HttpRequest request) =>
        Find(request.Cookies[Cookie])
        ?? request.GetTypedHeaders().AcceptLanguage.OrderByDescending(asked => asked.Quality ?? 1).Select(asked => Find(asked.Value.Value?.Split('-')[0])).FirstOrDefault(found => found is not null)
        ?? English;

    private static CultureInfo CultureFor(string point, string group, string date, string time, string[] months)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var (numbers, dates) = (culture.NumberFormat, culture.DateTimeFormat);
        numbers.NumberDecimalSeparator = numbers.PercentDecimalSeparator = point;
        numbers.NumberGroupSeparator = numbers.PercentGroupSeparator = group;
        (dates.ShortDatePattern, dates.ShortTimePattern) = (date, time);
        if (months.Length > 0)
        {
            dates.AbbreviatedMonthNames = months;
            dates.AbbreviatedMonthGenitiveNames = months;
        }

        return CultureInfo.ReadOnly(culture);
    }
}
