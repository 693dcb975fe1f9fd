namespace Veil.Studio.Languages;

/// <summary>
/// A page's texts in the user's language: <c>@inject Texts&lt;StartPage&gt; T</c>, then <c>@T["Key"]</c> or <c>@T.Format("Key", 3)</c>.
/// They stand in <c>Text/Start.resx</c> and <c>Text/Start.de.resx</c>: the component's name without "Page".
/// </summary>
/// <typeparam name="TPage">The page; its parts use the same.</typeparam>
internal sealed class Texts<TPage>(CurrentLanguage current)
{
    private readonly TextTable _table = new(NameOf(typeof(TPage)), current.Language);

    /// <inheritdoc cref="TextTable.Language"/>
    public StudioLanguage Language => _table.Language;

    /// <inheritdoc cref="TextTable.this"/>
    public string this[string key] => _table[key];

    /// <inheritdoc cref="TextTable.Find"/>
    public string? Find(string key) => _table.Find(key);

    /// <inheritdoc cref="TextTable.Format"/>
    public string Format(string key, params ReadOnlySpan<object?> values) => _table.Format(key, values);

    /// <inheritdoc cref="TextTable.Counted"/>
    public string Counted(string key, int count, params ReadOnlySpan<object?> values) => _table.Counted(key, count, values);

    /// <summary>The resource file of a page's texts.</summary>
    public static string NameOf(Type page) => page.Name.EndsWith("Page", StringComparison.Ordinal) ? page.Name[..^4] : page.Name;
}
