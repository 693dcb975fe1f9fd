using Veil.Studio.Editing;
using Veil.Studio.Projects;

namespace Veil.Studio.Films.Tracks;

/// <summary>An edit of a film whose regions all belong to tracks.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Change">What it does; the same value where there is nothing to do.</param>
internal sealed record TrackEdit(EditName Name, Func<ReviewedItem, ReviewedItem> Change) : IEdit
{
    /// <inheritdoc/>
    public ReviewedItem ApplyTo(ReviewedItem item)
    {
        var before = FilmTracks.Numbered(item);
        var after = Change(before);
        return ReferenceEquals(after, before) ? item : after;
    }
}
