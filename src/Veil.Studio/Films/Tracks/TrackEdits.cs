using Veil.Errors;
using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Films.Tracks;

/// <summary>
/// Changes of tracks, from one value to another; the one before stays as it is, which is how they are undone. A change that has nothing to
/// change returns the very same value. Nothing but <see cref="Cover"/> and <see cref="Delete"/> takes cover off any frame.
/// </summary>
internal static class TrackEdits
{
    /// <summary>Covers a track or leaves it clear, in some frames.</summary>
    public static ReviewedItem Cover(ReviewedItem item, int track, FrameSpan span, CoverChoice choice) => item.InEvery(span, frame =>
        frame.Regions.Any(region => region.Region.Track == track && region.Cover != choice)
            ? frame with { Regions = [.. frame.Regions.Select(region => region.Region.Track == track ? region with { Cover = choice } : region)] }
            : frame);

    /// <summary>Makes what a track is from a frame on a track of its own.</summary>
    /// <param name="item">The film.</param>
    /// <param name="track">The track.</param>
    /// <param name="frame">The first frame of the new one.</param>
    public static ReviewedItem Split(ReviewedItem item, int track, int frame)
    {
        if (FilmTracks.Find(item, track) is not { } found || frame <= found.Span.First || frame > found.Span.Last)
        {
            return item;
        }

        var next = FilmTracks.NextTrack(item);
        return item.InEvery(new FrameSpan(frame, found.Span.Last), one => WithTrack(one, track, next));
    }

    /// <summary>Makes two tracks one. Where both have a place in a frame, a box around both covers what either did.</summary>
    /// <exception cref="VeilException">They show different kinds of things.</exception>
    public static ReviewedItem Merge(ReviewedItem item, int kept, int other)
    {
        if (kept == other || FilmTracks.Find(item, kept) is not { } first || FilmTracks.Find(item, other) is not { } second)
        {
            return item;
        }

        if (first.Kind != second.Kind)
        {
            throw new VeilException(
                VeilErrorCode.InvalidRegions, $"A track of kind {RegionKinds.NameOf(first.Kind)} cannot become one with a track of kind {RegionKinds.NameOf(second.Kind)}.", "Choose two that show the same kind of thing.");
        }

        return item.InEvery(second.Span, frame => (RegionOf(frame, kept), RegionOf(frame, other)) switch
        {
            (_, null) => frame,
            (null, _) => WithTrack(frame, other, kept),
            ({ } one, { } two) => frame with
            {
                Regions = [.. frame.Regions.Where(region => region != two).Select(region => region == one ? Union(one, two) : region)],
            },
        });
    }

    /// <summary>Gives a track places before its first or after its last frame.</summary>
    /// <param name="item">The film.</param>
    /// <param name="track">The track.</param>
    /// <param name="to">How far: a frame before its first or after its last.</param>
    /// <param name="followed">Where it was seen in frames beyond its end; where it was not, the last known place is held and grows.</param>
    public static ReviewedItem Extend(ReviewedItem item, int track, int to, IReadOnlyDictionary<int, Box> followed)
    {
        if (FilmTracks.Find(item, track) is not { } found || found.Span.Contains(to) || to < 0 || to >= item.Frames.Count)
        {
            return item;
        }

        var (end, step) = to < found.Span.First ? (found.Places[0], -1) : (found.Places[^1], 1);
        var (places, known, since) = (new Dictionary<int, Box>(), end.Region.Region.Box, 0);
        for (var frame = end.Frame + step; ; frame += step)
        {
            (known, since) = followed.TryGetValue(frame, out var seen) ? (seen, 0) : (known, since + 1);
            places.Add(frame, Boxes.Held(known, since));
            if (frame == to)
            {
                return Put(item, end.Region, places);
            }
        }
    }

    /// <summary>Gives a track a place in every frame between its first and last, on the way from the place before to the one after.</summary>
    public static ReviewedItem Fill(ReviewedItem item, int track)
    {
        if (FilmTracks.Find(item, track) is not { HasGaps: true } found)
        {
            return item;
        }

        var filled = item;
        foreach (var (before, after) in found.Places.Zip(found.Places.Skip(1)).Where(pair => pair.Second.Frame > pair.First.Frame + 1))
        {
            var places = Enumerable.Range(before.Frame + 1, after.Frame - before.Frame - 1).ToDictionary(
                frame => frame,
                frame => Boxes.Held(
                    Boxes.Between(before.Region.Region.Box, after.Region.Region.Box, Keyframes.Part(item, before.Frame, after.Frame, frame)),
                    Math.Min(frame - before.Frame, after.Frame - frame)));
            filled = Put(filled, before.Region, places);
        }

        return filled;
    }

    /// <summary>Adds a track that nobody found.</summary>
    /// <param name="item">The film.</param>
    /// <param name="kind">What it shows.</param>
    /// <param name="box">Where.</param>
    /// <param name="frame">The frame in which it was drawn: its keyframe.</param>
    /// <param name="span">The frames in which it stays there; the frame is one of them.</param>
    public static ReviewedItem Draw(ReviewedItem item, RegionKind kind, Box box, int frame, FrameSpan span)
    {
        var template = new ReviewedRegion(0, new Region(box, kind, 1, new RegionOrigin(RegionSource.Hand)) { Track = FilmTracks.NextTrack(item) }, CoverChoice.Covered);
        var drawn = Put(item, template, Enumerable.Range(span.First, span.Count).ToDictionary(one => one, _ => box));
        return drawn.InEvery(FrameSpan.At(frame), one => one with
        {
            Regions = [.. one.Regions.Select(region => region.Region.Track == template.Region.Track ? region with { Region = HandRegions.Keyframe(region.Region, box) } : region)],
        });
    }

    /// <summary>Takes a track away that somebody drew.</summary>
    /// <exception cref="VeilException">A detector found it: then it is left clear, not forgotten.</exception>
    public static ReviewedItem Delete(ReviewedItem item, int track)
    {
        if (FilmTracks.Find(item, track) is not { } found)
        {
            return item;
        }

        return found.IsHandMade
            ? item.InEvery(found.Span, frame => frame with { Regions = [.. frame.Regions.Where(region => region.Region.Track != track)] })
            : throw new VeilException(VeilErrorCode.InvalidRegions, "Only a track that was drawn by hand can be deleted.", "Leave it clear instead: then it can be covered again.");
    }

    /// <summary>Gives a track places where it has none, covered and following from its keyframes.</summary>
    internal static ReviewedItem Put(ReviewedItem item, ReviewedRegion template, IReadOnlyDictionary<int, Box> places)
    {
        var next = FilmTracks.NextRegion(item);
        var (first, last) = (places.Keys.Min(), places.Keys.Max());
        return item.InEvery(new FrameSpan(first, last), frame => !places.TryGetValue(frame.Index, out var box) || RegionOf(frame, template.Region.Track) is not null
            ? frame
            : frame with { Regions = [.. frame.Regions, template with { Id = next++, Region = HandRegions.Following(template.Region, box) }] });
    }

    private static ReviewedRegion? RegionOf(ReviewedFrame frame, int? track) => frame.Regions.FirstOrDefault(region => region.Region.Track == track);

    private static ReviewedFrame WithTrack(ReviewedFrame frame, int track, int number) => RegionOf(frame, track) is null ? frame : frame with
    {
        Regions = [.. frame.Regions.Select(region => region.Region.Track == track ? region with { Region = region.Region with { Track = number } } : region)],
    };

    private static ReviewedRegion Union(ReviewedRegion one, ReviewedRegion two) => one with
    {
        Region = HandRegions.Moved(one.Region, one.Region.Box.Union(two.Region.Box)),
        // Where either is covered both are, and what the hand said of it holds.
        Cover = (one.IsCovered, two.IsCovered) switch
        {
            (true, true) when two.IsDecidedByHand => two.Cover,
            (true, _) => one.Cover,
            _ => two.Cover,
        },
    };
}
