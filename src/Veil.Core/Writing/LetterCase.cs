namespace Veil.Writing;

/// <summary>Whether upper and lower case differ.</summary>
public enum LetterCase
{
    /// <summary>They are the same.</summary>
    Ignored,

    /// <summary>They differ.</summary>
    Exact,
}
