using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// In which order people are laid over a picture: bodies before heads and faces, and of a kind the smallest first, so that who is
/// nearest to the camera, and therefore largest, ends up in front (DeepPrivacy2).
/// </summary>
internal static class PasteOrder
{
    /// <summary>Canvases in that order; those of the same area keep theirs.</summary>
    public static IReadOnlyList<RegionCanvas> Of(IReadOnlyList<RegionCanvas> canvases)
    {
        var kinds = RegionKinds.All.ToList();
        return [.. canvases.OrderBy(canvas => kinds.IndexOf(canvas.Region.Kind)).ThenBy(Area)];
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
    private static float Area(RegionCanvas canvas) =>
        canvas.Region.Kind == RegionKind.Body ? Pixels(canvas.Mask) : (canvas.Region.Found ?? canvas.Region.Box).Area;
}
