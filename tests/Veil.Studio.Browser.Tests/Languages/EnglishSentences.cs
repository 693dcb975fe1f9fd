using System.Text.RegularExpressions;
using Veil.Anonymization;
using Veil.Engine;
using Veil.Studio.Languages;

namespace Veil.Studio.Browser.Tests.Languages;

/// <summary>What pages say in English and otherwise in German: each with its places cut out, so that a text with facts in it is known, too.</summary>
internal static partial class EnglishSentences
{
    // Shorter ones are words that both languages may have.
    private const int Shortest = 12;

    /// <summary>Every method.</summary>
    public static AnonymizerCatalog Methods { get; } = Catalogues.Methods;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Pairs().Where(pair => pair.English != pair.German).SelectMany(pair => Place().Split(pair.English)).Select(part => part.Trim(' ', '.', ',', ':', '\''))
        .Where(part => part.Length >= Shortest && part.Contains(' ', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<(string English, string? German)> Pairs()
    {
        foreach (var table in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src", "Veil.Studio", "Text"), "*.resx").Select(Path.GetFileNameWithoutExtension).Where(name => !name!.Contains('.', StringComparison.Ordinal)))
        {
            var (english, german) = (new TextTable(table!, StudioLanguage.English), new TextTable(table!, StudioLanguage.German));
            foreach (var key in english.Keys)
            {
                yield return (english[key], german.Find(key));
            }
        }

        foreach (var method in Methods.All)
        {
            yield return (method.Summary, null);
            foreach (var option in MethodOptionsBinder.Describe(method))
            {
                yield return (option.Description, null);
            }

            foreach (var preset in method.Presets)
            {
                yield return (preset.Source, null);
            }
        }
    }

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Place();
}
