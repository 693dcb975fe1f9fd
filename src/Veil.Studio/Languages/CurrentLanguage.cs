namespace Veil.Studio.Languages;

/// <summary>The language of one browser window. The first page says it to the connection that keeps the window alive, where there is no request to ask.</summary>
internal sealed class CurrentLanguage
{
    /// <summary>The language; English until it was said.</summary>
    public StudioLanguage Language { get; set; } = StudioLanguage.English;
}
