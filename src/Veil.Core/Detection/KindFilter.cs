using Veil.Imaging;
using Veil.Regions;

namespace Veil.Detection;

/// <summary>Passes on the regions of some kinds of a detector that finds more. Owns the detector.</summary>
internal sealed class KindFilter(IRegionDetector detector, IReadOnlyCollection<RegionKind> kinds) : IRegionDetector
{
    /// <inheritdoc/>
    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken) =>
        [.. detector.Detect(image, cancellationToken).Where(region => kinds.Contains(region.Kind))];

    /// <inheritdoc/>
    public int Reduction(int width, int height) => detector.Reduction(width, height);

    /// <inheritdoc/>
    public void Dispose() => detector.Dispose();
}
