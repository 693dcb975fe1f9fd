using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Films.Tracks;

/// <summary>
/// Places that somebody chose. Between two of them a track goes from the one to the other; before the first and after the last it stays
/// where it was found. What a detector found between two keyframes stays covered, too: the box there reaches around both.
/// </summary>
internal static class Keyframes
{
    /// <summary>Moves a track in a frame, and between that frame and the keyframes before and after.</summary>
    /// <param name="item">The film.</param>
    /// <param name="found">The film as it was before any of this was done: what was found is read there.</param>
    /// <param name="track">The track.</param>
    /// <param name="frame">The frame; the track gets a place in it where it had none.</param>
    /// <param name="box">Where it is in that frame, not empty.</param>
    public static ReviewedItem Set(ReviewedItem item, ReviewedItem found, int track, int frame, Box box)
    {
        if (FilmTracks.Find(item, track) is not { } before || box.IsEmpty || frame < 0 || frame >= item.Frames.Count)
        {
            return item;
        }

        var nearest = before.Places.MinBy(place => Math.Abs(place.Frame - frame)).Region;
        var placed = TrackEdits.Put(item, nearest with { Cover = CoverChoice.Covered }, new Dictionary<int, Box> { [frame] = box });
        placed = Change(placed, track, FrameSpan.At(frame), (region, _) => region with { Region = HandRegions.Keyframe(region.Region, box) });
        foreach (var other in Neighbours(before, frame))
        {
            placed = Interpolate(placed, found, track, Math.Min(frame, other), Math.Max(frame, other));
        }

        return placed;
    }

    /// <summary>How far a frame lies from one frame to another in time, 0..1: frames may follow each other unevenly.</summary>
    public static double Part(ReviewedItem item, int from, int to, int frame)
    {
        var (start, end) = (item.Frames[from].Time, item.Frames[to].Time);
        return end > start ? (item.Frames[frame].Time - start) / (end - start) : (double)(frame - from) / (to - from);
    }

    private static IEnumerable<int> Neighbours(FilmTrack track, int frame)
    {
        var keyframes = track.Places.Where(place => place.Origin == PlaceOrigin.Keyframe).Select(place => place.Frame);
        return keyframes.Where(one => one < frame).TakeLast(1).Concat(keyframes.Where(one => one > frame).Take(1));
    }

    private static ReviewedItem Interpolate(ReviewedItem item, ReviewedItem found, int track, int from, int to)
    {
        var (start, end) = (RegionIn(item, track, from), RegionIn(item, track, to));
        var places = Enumerable.Range(from + 1, to - from - 1).ToDictionary(frame => frame, frame => Boxes.Between(start.Region.Box, end.Region.Box, Part(item, from, to, frame)));
        if (places.Count == 0)
        {
            return item;
        }

        return Change(TrackEdits.Put(item, start with { Cover = CoverChoice.Covered }, places), track, new FrameSpan(from + 1, to - 1), (region, frame) =>
        {
            var seen = found.Frames[frame].Regions.FirstOrDefault(one => one.Id == region.Id && HandRegions.OriginOf(one.Region) == PlaceOrigin.Found);
            return region with
            {
                Region = seen is null ? HandRegions.Following(region.Region, places[frame]) : HandRegions.Moved(seen.Region, seen.Region.Box.Union(places[frame])) with { Track = track },
            };
        });
    }

    private static ReviewedRegion RegionIn(ReviewedItem item, int track, int frame) => item.Frames[frame].Regions.First(region => region.Region.Track == track);

    private static ReviewedItem Change(ReviewedItem item, int track, FrameSpan span, Func<ReviewedRegion, int, ReviewedRegion> change) => item.InEvery(span, frame => frame with
    {
        Regions = [.. frame.Regions.Select(region => region.Region.Track == track ? change(region, frame.Index) : region)],
    });
}
