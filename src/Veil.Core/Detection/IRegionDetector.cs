using Veil.Imaging;
using Veil.Regions;

namespace Veil.Detection;

/// <summary>
/// Finds regions in one picture. One instance per worker: implementations keep buffers between calls and are not
/// thread-safe. A detector that fails throws; it never returns fewer regions instead.
/// </summary>
public interface IRegionDetector : IDisposable
{
    /// <summary>Finds regions, strongest first.</summary>
    /// <param name="image">An upright picture in <see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <param name="cancellationToken">Stops between inferences.</param>
    /// <returns>Regions in the picture's coordinates; boxes may reach over its border.</returns>
    IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken);
}
