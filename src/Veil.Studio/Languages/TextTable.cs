using System.Collections;
using System.Globalization;
using System.Resources;

namespace Veil.Studio.Languages;

/// <summary>The texts of one resource file, <c>Text/NAME.resx</c>, in one language.</summary>
internal sealed class TextTable
{
    private readonly ResourceManager _texts;
    private readonly string _name;

    /// <summary>Opens a table.</summary>
    /// <param name="name">The file's name without ending.</param>
    /// <param name="language">The language.</param>
    public TextTable(string name, StudioLanguage language)
    {
        (_name, Language) = (name, language);
        _texts = new ResourceManager($"Veil.Studio.Text.{name}{(language == StudioLanguage.English ? "" : "." + language.Code)}", typeof(TextTable).Assembly);
    }

    /// <summary>The language it is in.</summary>
    public StudioLanguage Language { get; }

    /// <summary>The keys of all its texts.</summary>
    public IEnumerable<string> Keys =>
        _texts.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().Select(entry => (string)entry.Key);

    /// <summary>A text; an unknown key is a mistake in the program, which a test looks for.</summary>
    public string this[string key] =>
        Find(key) ?? throw new KeyNotFoundException($"Expected a text '{key}' in Text/{_name}.resx in '{Language.Code}', but there is none.");

    /// <summary>A text; null where there is none, e.g. for a method that came later.</summary>
    public string? Find(string key) => _texts.GetString(key, CultureInfo.InvariantCulture);

    /// <summary>A text whose places {0}, {1} … are filled in as the language writes numbers and dates.</summary>
    public string Format(string key, params ReadOnlySpan<object?> values) => string.Format(Language.Culture, this[key], values);

    /// <summary>The same for a number of things: for one of them the text is called <c>KEYOne</c>.</summary>
    /// <param name="key">The text for none or several.</param>
    /// <param name="count">How many.</param>
    /// <param name="values">What is filled in, the number among it.</param>
    public string Counted(string key, int count, params ReadOnlySpan<object?> values) => Format(count == 1 ? key + "One" : key, values);
}
