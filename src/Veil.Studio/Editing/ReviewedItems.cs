using System.Collections.Immutable;
using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>Changing single frames and regions of an item without copying the others.</summary>
internal static class ReviewedItems
{
    /// <summary>A region of a frame; null where it is not there.</summary>
    public static ReviewedRegion? Find(this ReviewedItem item, int frame, int region) =>
        frame < 0 || frame >= item.Frames.Count ? null : item.Frames[frame].Regions.FirstOrDefault(one => one.Id == region);

    /// <summary>The item with another list of regions in one frame. A tree of frames shares all others with the item before.</summary>
    public static ReviewedItem WithRegions(this ReviewedItem item, int frame, IReadOnlyList<ReviewedRegion> regions)
    {
        var frames = item.Frames as ImmutableList<ReviewedFrame> ?? [.. item.Frames];
        return item with { Frames = frames.SetItem(frame, frames[frame] with { Regions = regions }) };
    }

    /// <summary>The item with a region changed; the same item where the region is not there, or stays as it is.</summary>
    public static ReviewedItem WithRegion(this ReviewedItem item, int frame, int region, Func<ReviewedRegion, ReviewedRegion> change)
    {
        if (item.Find(frame, region) is not { } before)
        {
            return item;
        }

        var after = change(before);
        return ReferenceEquals(after, before) ? item : item.WithRegions(frame, [.. item.Frames[frame].Regions.Select(one => one.Id == region ? after : one)]);
    }

    /// <summary>A number that no region of the item has.</summary>
    public static int NextId(this ReviewedItem item) => 1 + item.Frames.SelectMany(frame => frame.Regions).Select(region => region.Id).DefaultIfEmpty(0).Max();

    /// <summary>Whether two items show the same regions in the same places, covered alike.</summary>
    public static bool LooksAs(this ReviewedItem one, ReviewedItem other) => ReferenceEquals(one, other)
        || (one.Width == other.Width && one.Height == other.Height && one.Frames.Count == other.Frames.Count
            && one.Frames.Zip(other.Frames).All(pair => ReferenceEquals(pair.First, pair.Second) || pair.First.Regions.Select(Seen).SequenceEqual(pair.Second.Regions.Select(Seen))));

    // Rounded, as they are stored: what was found a moment ago may not be yet.
    private static (int Id, CoverChoice Cover, RegionKind Kind, Box Box) Seen(ReviewedRegion region) =>
        (region.Id, region.Cover, region.Region.Kind, region.Region.Rounded().Box);
}
