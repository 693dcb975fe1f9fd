using System.Text.RegularExpressions;
using System.Xml.Linq;
using Veil.Studio.Languages;

namespace Veil.Studio.Tests.Languages;

public sealed partial class TextTests
{
    private static readonly string Source = Path.Combine(RepositoryRoot.Path, "src", "Veil.Studio");

    public static TheoryData<string> Tables() => [.. TableNames()];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_text_exists_in_every_language_with_the_same_places(string table)
    {
        var english = Read(table, StudioLanguage.English);
        foreach (var language in StudioLanguage.All)
        {
            var texts = Read(table, language);
            Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
            foreach (var (key, text) in texts)
            {
                Assert.False(string.IsNullOrWhiteSpace(text), $"{table}.{key} in {language.Code} is empty");
                Assert.Equal(Places(english[key]), Places(text));
                Assert.Equal(text, new TextTable(table, language)[key]);
            }
        }
    }

    [Fact]
    public void Every_text_that_a_page_asks_for_by_name_exists()
    {
        var known = TableNames().ToDictionary(table => table, table => Read(table, StudioLanguage.English), StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(Source, "Components"), "*", SearchOption.AllDirectories))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.razor"))
            {
                var markup = File.ReadAllText(file);
                var code = File.Exists(file + ".cs") ? File.ReadAllText(file + ".cs") : "";
                foreach (Match injected in Injected().Matches(markup + code))
                {
                    var (page, field) = (injected.Groups["page"].Value, injected.Groups["field"].Value);
                    var texts = known[page.EndsWith("Page", StringComparison.Ordinal) ? page[..^4] : page];
                    foreach (Match use in Regex.Matches(markup + code, $@"\b{field}(?:\[|\.Format\(|\.(?<counted>Counted)\()""(?<key>[^""{{]+)""(?!\s*\+)"))
                    {
                        Assert.True(texts.ContainsKey(use.Groups["key"].Value), $"{file} asks for '{use.Groups["key"].Value}', which Text/{page} lacks");
                        Assert.True(!use.Groups["counted"].Success || texts.ContainsKey(use.Groups["key"].Value + "One"), $"{file} counts '{use.Groups["key"].Value}', and Text/{page} has no text for one");
                    }
                }
            }
        }
    }

    [Fact]
    public void Numbers_are_written_as_the_language_does()
    {
        Assert.Equal("1.5", 1.5.ToString(StudioLanguage.English.Culture));
        Assert.Equal("1.234,50", 1234.5.ToString("N2", StudioLanguage.German.Culture));
    }

    // The others say in other languages what the engine says in English; see EngineWordsTests.
    private static string[] TableNames() =>
        [.. Directory.EnumerateFiles(Path.Combine(Source, "Text"), "*.resx").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => !name.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Read(string table, StudioLanguage language) =>
        XDocument.Load(Path.Combine(Source, "Text", table + (language == StudioLanguage.English ? "" : "." + language.Code) + ".resx")).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"Texts<(?<page>\w+)> (?<field>\w+)")]
    private static partial Regex Injected();
}
