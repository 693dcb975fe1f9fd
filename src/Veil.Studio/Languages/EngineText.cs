namespace Veil.Studio.Languages;

/// <summary>Words of a part of Veil that has no pages, as a page shows them.</summary>
/// <param name="Text">The words.</param>
/// <param name="Language">What they are in where that is not the page's language, for the attribute <c>lang</c>; null otherwise.</param>
internal readonly record struct EngineText(string Text, string? Language);
