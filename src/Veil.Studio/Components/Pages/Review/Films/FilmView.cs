using Veil.Studio.Films.Tracks;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Review.Films;

/// <summary>What the parts of the page show; made anew whenever anything of it changes.</summary>
/// <param name="Page">Does what the user asks for.</param>
/// <param name="Film">The film as edited.</param>
/// <param name="Track">The chosen track; null for none.</param>
/// <param name="Others">Tracks that it may become one with.</param>
/// <param name="Frame">The frame that is shown.</param>
/// <param name="Range">The part that is marked; null for none.</param>
/// <param name="IsFollowing">Whether a track is being followed.</param>
internal sealed record FilmView(FilmReview Page, ReviewedItem Film, FilmTrack? Track, IReadOnlyList<FilmTrack> Others, int Frame, FrameSpan? Range, bool IsFollowing);
