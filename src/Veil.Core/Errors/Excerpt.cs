namespace Veil.Errors;

/// <summary>The beginning of a text that came from outside, for a message: it may be a whole file.</summary>
public static class Excerpt
{
    /// <summary>The text, or its beginning and an ellipsis.</summary>
    /// <param name="text">What came.</param>
    /// <param name="longest">Letters from which on the rest is left out.</param>
    public static string Of(string text, int longest = 80)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > longest ? text[..longest] + "…" : text;
    }
}
