namespace Veil.Studio.Components.Pages.Review.Films;

/// <summary>How much of a track is covered or left clear.</summary>
internal enum CoverReach
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>The part of the film that is marked.</summary>
    Marked,
}
