using Veil.Regions;

namespace Veil.Studio.Projects;

/// <summary>Says why a person should look at an item, from its regions alone.</summary>
internal static class Doubting
{
    /// <summary>On the detectors' common scale about one of two detections just above the usual threshold (0.45) is none; from here on few are.</summary>
    public const float Weak = 0.6f;

    /// <summary>A face of fewer pixels a side is near what detectors can see.</summary>
    public const float Small = 20;

    // Who leaves the picture ends at its border; detectors do not agree with it to the pixel.
    private const float Border = 0.02f;

    /// <summary>Reasons, the most pressing first; one of each kind, at the first frame that has it.</summary>
    /// <param name="item">Its regions.</param>
    public static IReadOnlyList<Doubt> Of(ReviewedItem item) =>
        [.. Reasons(item).OfType<Doubt>().OrderByDescending(doubt => WeightOf(doubt.Reason)).ThenBy(doubt => doubt.Frame)];

    /// <summary>How much doubts together ask for a look, 0..1.</summary>
    public static double Weight(IReadOnlyList<Doubt> doubts) => 1 - doubts.Aggregate(1.0, (left, doubt) => left * (1 - WeightOf(doubt.Reason)));

    private static double WeightOf(DoubtReason reason) => reason switch
    {
        DoubtReason.VerifyFinding => 0.95,
        DoubtReason.NothingFound => 0.6,
        DoubtReason.BrokenTrack => 0.55,
        DoubtReason.WeakDetection => 0.5,
        DoubtReason.SomebodyClear => 0.3,
        DoubtReason.SmallFace => 0.25,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Expected a known reason."),
    };

    private static IEnumerable<Doubt?> Reasons(ReviewedItem item)
    {
        if (item.Frames.All(frame => frame.Regions.Count == 0))
        {
            yield return new Doubt(DoubtReason.NothingFound, 0);
            yield break;
        }

        // What was carried from another frame or drawn by hand has no score of its own.
        yield return First(DoubtReason.WeakDetection, item, region => region.Region.Origin.Source == RegionSource.Detector && region.Region.Score < Weak);
        yield return First(DoubtReason.SmallFace, item, region => region.Region.Kind == RegionKind.Face && Math.Min(region.Region.Box.Width, region.Region.Box.Height) < Small);
        yield return First(DoubtReason.SomebodyClear, item, region => !region.IsCovered);
        yield return Broken(item) is { } frame ? new Doubt(DoubtReason.BrokenTrack, frame) : null;
    }

    private static Doubt? First(DoubtReason reason, ReviewedItem item, Func<ReviewedRegion, bool> holds) =>
        item.Frames.FirstOrDefault(frame => frame.Regions.Any(holds)) is { } first ? new Doubt(reason, first.Index) : null;

    private static int? Broken(ReviewedItem item)
    {
        var last = new Dictionary<int, (int At, Box Box)>();
        for (var at = 0; at < item.Frames.Count; at++)
        {
            foreach (var region in item.Frames[at].Regions)
            {
                if (region.Region.Track is not { } track)
                {
                    continue;
                }

                if (last.TryGetValue(track, out var before) && before.At < at - 1)
                {
                    return item.Frames[before.At + 1].Index;
                }

                last[track] = (at, region.Region.Box);
            }
        }

        var ended = last.Values.Where(end => end.At < item.Frames.Count - 1 && !AtBorder(end.Box, item) && !GoesOn(end.Box, item.Frames[end.At + 1])).ToList();
        return ended.Count > 0 ? item.Frames[ended.Min(end => end.At) + 1].Index : null;
    }

    // Another track takes over where this one ends.
    private static bool GoesOn(Box box, ReviewedFrame next) => next.Regions.Any(region => !region.Region.Box.Intersect(box).IsEmpty);

    private static bool AtBorder(Box box, ReviewedItem item)
    {
        var margin = Border * Math.Max(item.Width, item.Height);
        return box.Left < margin || box.Top < margin || box.Right > item.Width - margin || box.Bottom > item.Height - margin;
    }
}
