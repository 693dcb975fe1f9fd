using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// In which order people are laid over a picture: bodies before heads and faces, and of a kind the smallest first, so that who is
/// nearest to the camera, and therefore largest, ends up in front (DeepPrivacy2). What lies in a body goes with it.
/// </summary>
internal static class PasteOrder
{
    /// <summary>
    /// Regions in that order, by index: each group is a body and what lies in it for the most part, or one region. Of the same
    /// area, they keep their order.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(IReadOnlyList<CoveredRegion> covered)
    {
        var kinds = RegionKinds.All.ToList();
        var bodies = Enumerable.Range(0, covered.Count).Where(i => covered[i].Region.Kind == RegionKind.Body).ToList();
        return
        [
            .. Enumerable.Range(0, covered.Count)
                .GroupBy(i => covered[i].Region.Kind == RegionKind.Body ? i : bodies.Where(body => covered[i].Mask.LiesMostlyIn(covered[body].Mask)).Append(i).First())
                .OrderBy(group => kinds.IndexOf(covered[group.Key].Region.Kind))
                .ThenBy(group => Area(covered[group.Key]))
                .Select(group => (IReadOnlyList<int>)[group.Key, .. group.Where(i => i != group.Key)]),
        ];
    }

    /// <summary>Pixels of a body's mask that are covered for certain.</summary>
    public static long Pixels(RegionMask mask)
    {
        var pixels = 0L;
        foreach (var (length, coverage) in mask.Runs())
        {
            pixels += coverage == byte.MaxValue ? length : 0;
        }

        return pixels;
    }

    // Of a face the box, of a body the pixels that show it.
    private static float Area(CoveredRegion one) => one.Region.Kind == RegionKind.Body ? Pixels(one.Mask) : (one.Region.Found ?? one.Region.Box).Area;
}
