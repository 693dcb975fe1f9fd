using Veil.Studio.Projects;

namespace Veil.Studio.Films.Tracks;

/// <summary>A film's regions as tracks.</summary>
internal static class FilmTracks
{
    /// <summary>All tracks, in the order in which they appear.</summary>
    /// <param name="item">A film whose regions all belong to tracks, see <see cref="Numbered"/>.</param>
    public static IReadOnlyList<FilmTrack> Of(ReviewedItem item) =>
    [
        .. item.Frames.SelectMany(frame => frame.Regions.Select(region => new TrackPlace(frame.Index, region)))
            .Where(place => place.Region.Region.Track is not null)
            .GroupBy(place => place.Region.Region.Track!.Value)
            .Select(places => new FilmTrack(places.Key, places.First().Region.Region.Kind, [.. places]))
            .OrderBy(track => track.Places[0].Frame).ThenBy(track => track.Id),
    ];

    /// <summary>One track; null where there is none of this number.</summary>
    public static FilmTrack? Find(ReviewedItem item, int track)
    {
        List<TrackPlace> places = [.. item.Frames.SelectMany(frame => frame.Regions.Where(region => region.Region.Track == track).Select(region => new TrackPlace(frame.Index, region)))];
        return places.Count > 0 ? new FilmTrack(track, places[0].Region.Region.Kind, places) : null;
    }

    /// <summary>The same film, where every region belongs to a track and no track has two in one frame: what lacks a number becomes a track of its own.</summary>
    public static ReviewedItem Numbered(ReviewedItem item)
    {
        var next = NextTrack(item);
        return item.InEvery(new FrameSpan(0, item.Frames.Count - 1), frame =>
        {
            var seen = new HashSet<int>();
            var alone = frame.Regions.Where(region => region.Region.Track is not { } track || !seen.Add(track)).ToHashSet(ReferenceEqualityComparer.Instance);
            return alone.Count == 0 ? frame : frame with
            {
                Regions = [.. frame.Regions.Select(region => alone.Contains(region) ? region with { Region = region.Region with { Track = next++ } } : region)],
            };
        });
    }

    /// <summary>A number that no track has.</summary>
    public static int NextTrack(ReviewedItem item) => 1 + item.Frames.SelectMany(frame => frame.Regions).Max(region => region.Region.Track ?? 0, fallback: 0);

    /// <summary>An id that no region has.</summary>
    public static int NextRegion(ReviewedItem item) => 1 + item.Frames.SelectMany(frame => frame.Regions).Max(region => region.Id, fallback: 0);

    /// <summary>The film with some frames changed; those that stay the same stay the same objects, so that many versions of a long film cost little.</summary>
    public static ReviewedItem InEvery(this ReviewedItem item, FrameSpan span, Func<ReviewedFrame, ReviewedFrame> change)
    {
        var part = span.Intersect(new FrameSpan(0, item.Frames.Count - 1));
        ReviewedFrame[]? changed = null;
        for (var index = part.First; index <= part.Last; index++)
        {
            var after = change(item.Frames[index]);
            if (!ReferenceEquals(after, item.Frames[index]))
            {
                (changed ??= [.. item.Frames])[index] = after;
            }
        }

        return changed is null ? item : item with { Frames = changed };
    }

    private static int Max(this IEnumerable<ReviewedRegion> regions, Func<ReviewedRegion, int> number, int fallback) => regions.Select(number).DefaultIfEmpty(fallback).Max();
}
