using Microsoft.AspNetCore.Components;
using Veil.Studio.Films.Tracks;

namespace Veil.Studio.Components.Pages.Review.Films;

/// <summary>What can be done with the chosen track.</summary>
public sealed partial class TrackPanel
{
    private int _other;

    [CascadingParameter]
    private FilmView View { get; set; } = null!;

    private FilmTrack? Track => View.Track;

    private bool Covered => Track!.Places.All(place => place.IsCovered);

    private bool Clear => !Track!.Places.Any(place => place.IsCovered);

    private bool Inside => Track!.Span.Contains(View.Frame);

    private bool CanSplit => Inside && View.Frame > Track!.Span.First;

    private async Task MergeAsync()
    {
        var other = _other;
        _other = 0;
        await View.Page.MergeAsync(other);
    }
}
