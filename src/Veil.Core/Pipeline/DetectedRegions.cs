using Veil.Detection;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>Runs a detector over each frame; regions are rounded as they would be stored. Owns the detector.</summary>
/// <param name="detector">This worker's detector.</param>
public sealed class DetectedRegions(IRegionDetector detector) : IRegionProvider
{
    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        using var reduced = frame.Reduce(detector.Reduction(frame.Width, frame.Height));
        if (reduced is not null)
        {
            return [.. detector.Detect(reduced.Pixels, cancellationToken).Select(region => reduced.ToFrame(region).Rounded())];
        }

        var pixels = frame.Pixels;
        if (pixels.Format == PixelFormat.Rgb24)
        {
            return Rounded(detector.Detect(pixels, cancellationToken));
        }

        // Alpha is ignored on purpose: a face under transparent pixels is still in the file.
        using var rgb = PixelConversion.ToRgb24(pixels);
        return Rounded(detector.Detect(rgb, cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => detector.Dispose();

    private static Region[] Rounded(IReadOnlyList<Region> found) => [.. found.Select(region => region.Rounded())];
}
