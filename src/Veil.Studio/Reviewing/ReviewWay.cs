namespace Veil.Studio.Reviewing;

/// <summary>Where to go from an item.</summary>
internal enum ReviewWay
{
    /// <summary>To the next.</summary>
    Next,

    /// <summary>To the one before.</summary>
    Previous,
}
