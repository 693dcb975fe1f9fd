using Veil.Imaging;
using Veil.Regions;

namespace Veil.Detection;

/// <summary>
/// Several detectors over the same picture: what one misses another may find. Where they agree, the strongest region
/// stays. Regions of different kinds never replace each other.
/// </summary>
/// <param name="detectors">Run in this order; owned, and disposed together with the union.</param>
/// <param name="overlap">Intersection over union above which two regions of a kind are the same, 0..1.</param>
public sealed class UnionDetector(IReadOnlyList<IRegionDetector> detectors, float overlap = 0.4f) : IRegionDetector
{
    /// <inheritdoc/>
    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        var all = new List<Region>();
        foreach (var detector in detectors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            all.AddRange(detector.Detect(image, cancellationToken));
        }

        var united = new List<Region>();
        foreach (var kind in all.GroupBy(region => region.Kind))
        {
            Region[] regions = [.. kind];
            var picked = NonMaximumSuppression.Select(
                [.. regions.Select(region => region.Box)], [.. regions.Select(region => region.Score)], overlap);
            united.AddRange(picked.Select(index => regions[index]));
        }

        return [.. united.OrderByDescending(region => region.Score)];
    }

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
