using Microsoft.AspNetCore.Components;
using Veil.Studio.Films.Tracks;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Review.Films;

/// <summary>What can be done with the chosen track.</summary>
public sealed partial class TrackPanel
{
    private int _other;

    /// <summary>The chosen track; null for none.</summary>
    [Parameter, EditorRequired]
    internal FilmTrack? Track { get; set; }

    /// <summary>Tracks that it may become one with.</summary>
    [Parameter, EditorRequired]
    internal IReadOnlyList<FilmTrack> Others { get; set; } = [];

    /// <summary>The film.</summary>
    [Parameter, EditorRequired]
    internal ReviewedItem Film { get; set; } = null!;

    /// <summary>The frame that is shown.</summary>
    [Parameter, EditorRequired]
    public int Frame { get; set; }

    /// <summary>The part that is marked; null for none.</summary>
    [Parameter, EditorRequired]
    internal FrameSpan? Range { get; set; }

    /// <summary>Whether a track is being followed.</summary>
    [Parameter, EditorRequired]
    public bool Busy { get; set; }

    /// <summary>Cover, or leave clear.</summary>
    [Parameter]
    internal EventCallback<(CoverChoice Choice, CoverReach Reach)> OnCover { get; set; }

    /// <summary>Split at the frame.</summary>
    [Parameter]
    public EventCallback OnSplit { get; set; }

    /// <summary>Extend to the frame.</summary>
    [Parameter]
    public EventCallback OnExtend { get; set; }

    /// <summary>Fill gaps.</summary>
    [Parameter]
    public EventCallback OnFill { get; set; }

    /// <summary>Keep the place in the frame.</summary>
    [Parameter]
    public EventCallback OnKeyframe { get; set; }

    /// <summary>Delete it.</summary>
    [Parameter]
    public EventCallback OnDelete { get; set; }

    /// <summary>Merge with another.</summary>
    [Parameter]
    public EventCallback<int> OnMerge { get; set; }

    /// <summary>Mark a part, or none.</summary>
    [Parameter]
    internal EventCallback<FrameSpan?> OnRange { get; set; }

    private bool Covered => Track!.Places.All(place => place.IsCovered);

    private bool Clear => !Track!.Places.Any(place => place.IsCovered);

    private bool Inside => Track!.Span.Contains(Frame);

    private bool CanSplit => Inside && Frame > Track!.Span.First;

    private async Task MergeAsync()
    {
        var other = _other;
        _other = 0;
        await OnMerge.InvokeAsync(other);
    }
}
