using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Films.Tracks;

/// <summary>Where a track is in one frame.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Region">Its region.</param>
internal readonly record struct TrackPlace(int Frame, ReviewedRegion Region)
{
    /// <summary>How it came there.</summary>
    public PlaceOrigin Origin => HandRegions.OriginOf(Region.Region);

    /// <summary>Whether it is covered there.</summary>
    public bool IsCovered => Region.IsCovered;
}

/// <summary>One person, head, plate … through a film. Immutable.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">What it shows.</param>
/// <param name="Places">At least one, by frame; there may be gaps.</param>
internal sealed record FilmTrack(int Id, RegionKind Kind, IReadOnlyList<TrackPlace> Places)
{
    /// <summary>From its first frame to its last.</summary>
    public FrameSpan Span => new(Places[0].Frame, Places[^1].Frame);

    /// <summary>True when it has no place in some frame between its first and last.</summary>
    public bool HasGaps => Places.Count < Span.Count;

    /// <summary>True when no detector ever saw it: it exists because somebody drew it.</summary>
    public bool IsHandMade => Places.All(place => place.Origin is PlaceOrigin.Keyframe or PlaceOrigin.FromKeyframes);

    /// <summary>Its place in a frame, or null.</summary>
    public TrackPlace? At(int frame)
    {
        var (low, high) = (0, Places.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (Places[middle].Frame.CompareTo(frame))
            {
                case 0: return Places[middle];
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return null;
    }
}
