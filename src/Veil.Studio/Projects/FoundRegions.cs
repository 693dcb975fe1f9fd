using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Studio.Projects;

/// <summary>Makes what was found into what can be edited.</summary>
internal static class FoundRegions
{
    // Detectors do not agree to the pixel when they are asked again.
    private const float SamePlace = 0.5f;

    /// <summary>Everything found, covered.</summary>
    public static ReviewedItem Of(MediaInfo info, IReadOnlyList<FrameRegions> frames)
    {
        var id = 0;
        return new ReviewedItem(info.Width, info.Height, [.. frames.Select(frame => new ReviewedFrame(
            frame.Index, frame.Timestamp, [.. frame.Regions.Select(region => new ReviewedRegion(++id, region.Rounded(), CoverChoice.Covered))]))]);
    }

    /// <summary>What was found now, with what somebody drew, covered or left clear by hand before.</summary>
    /// <param name="found">Now.</param>
    /// <param name="before">As edited.</param>
    public static ReviewedItem KeepEdits(ReviewedItem found, ReviewedItem before)
    {
        if (found.Width != before.Width || found.Height != before.Height || !before.Frames.Any(frame => frame.Regions.Any(IsByHand)))
        {
            return found;
        }

        var id = found.Frames.Sum(frame => frame.Regions.Count);
        var edited = before.Frames.ToDictionary(frame => frame.Index, frame => frame.Regions.Where(IsByHand).ToList());
        return found with
        {
            Frames = [.. found.Frames.Select(frame => edited.GetValueOrDefault(frame.Index) is { Count: > 0 } own
                ? frame with
                {
                    Regions =
                    [
                        .. frame.Regions.Select(region => own.FindAll(one => IsSame(one, region)) is { Count: > 0 } same ? region with { Cover = Decided(same) } : region),
                        .. own.Where(one => one.Region.Origin.Source == RegionSource.Hand && !frame.Regions.Any(region => IsSame(one, region))).Select(one => one with { Id = ++id }),
                    ],
                }
                : frame)],
        };
    }

    // Where the hand said both, it is covered.
    private static CoverChoice Decided(List<ReviewedRegion> byHand) => byHand.Exists(one => one.IsCovered) ? CoverChoice.CoveredByHand : CoverChoice.ClearByHand;

    private static bool IsByHand(ReviewedRegion region) => region.IsDecidedByHand || region.Region.Origin.Source == RegionSource.Hand;

    private static bool IsSame(ReviewedRegion a, ReviewedRegion b)
    {
        var both = a.Region.Box.Intersect(b.Region.Box).Area;
        return a.Region.Kind == b.Region.Kind && both > SamePlace * (a.Region.Box.Area + b.Region.Box.Area - both);
    }
}
