namespace Veil.Identity;

/// <summary>What a list of people is for. In both, faces that are undecided are hidden.</summary>
public enum PersonRule
{
    /// <summary>Hide the listed people: only sure strangers stay clear.</summary>
    Only,

    /// <summary>Hide everyone except the listed people: only they, when sure, stay clear.</summary>
    Except,
}
