using Veil.Imaging;
using Veil.Regions;

namespace Veil.Detection;

/// <summary>
/// Several detectors over the same picture: what one misses another may find. Where two of them agree, the stronger region
/// stays. Regions of different kinds never replace each other, nor do those of one detector, which knows best who stands before
/// whom.
/// </summary>
/// <param name="detectors">Run in this order; owned, and disposed together with the union.</param>
/// <param name="overlap">Intersection over union above which two regions of a kind are the same, 0..1.</param>
public sealed class UnionDetector(IReadOnlyList<IRegionDetector> detectors, float overlap = 0.4f) : IRegionDetector
{
    private const float PeopleOverlap = 0.6f;

    /// <inheritdoc/>
    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        var all = new List<(Region Region, int Detector)>();
        for (var i = 0; i < detectors.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            all.AddRange(detectors[i].Detect(image, cancellationToken).Select(region => (region, i)));
        }

        var united = new List<(Region Region, int Detector)>();
        foreach (var found in all.OrderByDescending(one => one.Region.Score))
        {
            if (!united.Exists(kept => kept.Detector != found.Detector && ShowSame(kept.Region, found.Region)))
            {
                united.Add(found);
            }
        }

        return [.. united.Select(one => one.Region)];
    }

    /// <summary>Whether two regions show the same. People stand before each other, so that their boxes have to agree more closely.</summary>
    private bool ShowSame(Region kept, Region found) =>
        kept.Kind == found.Kind
        && kept.Box.IoU(found.Box) > (found.Kind == RegionKind.Body ? Math.Max(overlap, PeopleOverlap) : overlap);

    /// <inheritdoc/>
    public int Reduction(int width, int height) => detectors.Count == 0 ? 1 : detectors.Min(detector => detector.Reduction(width, height));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var detector in detectors)
        {
            detector.Dispose();
        }
    }
}
