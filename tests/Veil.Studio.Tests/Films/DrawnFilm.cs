using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Films;

/// <summary>A film with regions for tests, drawn from a seed.</summary>
internal static class DrawnFilm
{
    public static readonly RegionOrigin Detector = new(RegionSource.Detector, "test");
    public static readonly RegionOrigin FilledIn = new(RegionSource.Track, "test");

    /// <summary>A film at an uneven rate, with tracks that have gaps, ends and masks.</summary>
    public static ReviewedItem Of(int seed, int frames = 60, int tracks = 4)
    {
        var random = new Random(seed);
        var spans = Enumerable.Range(1, tracks).Select(track => (Track: track, First: random.Next(frames / 2), Length: random.Next(3, frames))).ToList();
        var (time, next, shown) = (TimeSpan.Zero, 1, new List<ReviewedFrame>());
        for (var frame = 0; frame < frames; frame++)
        {
            List<ReviewedRegion> regions = [.. spans.Where(span => frame >= span.First && frame < span.First + span.Length && random.NextDouble() < 0.9).Select(span => new ReviewedRegion(
                next++,
                new Region(Box.FromSize(random.Next(500), random.Next(300), random.Next(20, 80), random.Next(20, 80)), RegionKind.Face, 0.9f, random.Next(2) == 0 ? Detector : FilledIn)
                {
                    Track = span.Track, Outline = [new(1, 1), new(2, 1), new(2, 2)],
                },
                random.Next(5) == 0 ? CoverChoice.ClearByHand : CoverChoice.Covered))];
            shown.Add(new ReviewedFrame(frame, time, regions));
            time += TimeSpan.FromMilliseconds(random.Next(10, 80));
        }

        return new ReviewedItem(640, 360, shown);
    }

    /// <summary>One track that was found in some frames, 40 ms apart.</summary>
    public static ReviewedItem Found(int frames, Func<int, Box?> place, Func<int, RegionOrigin>? origin = null) => new(640, 360, [.. Enumerable.Range(0, frames).Select(frame => new ReviewedFrame(
        frame, TimeSpan.FromMilliseconds(40 * frame),
        place(frame) is { } box ? [new ReviewedRegion(frame + 1, new Region(box, RegionKind.Face, 0.9f, origin?.Invoke(frame) ?? Detector) { Track = 1 }, CoverChoice.Covered)] : []))]);

    /// <summary>What is covered in a frame, whatever track it belongs to.</summary>
    public static IReadOnlyList<Box> Covered(ReviewedItem item, int frame) =>
        [.. item.Frames[frame].Regions.Where(region => region.IsCovered).Select(region => region.Region.Box).OrderBy(box => box.Left).ThenBy(box => box.Top)];

    public static bool IsCovered(ReviewedItem item, int track, int frame) => item.Frames[frame].Regions.Any(region => region.Region.Track == track && region.IsCovered);
}
