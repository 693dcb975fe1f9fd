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

    /// <summary>
    /// By how much a picture may be reduced along each side before <see cref="Detect"/> so that the detector still sees
    /// all that it would look at: 1, 2, 4 or 8. Decoders can skip work then. 1 where the detector does not say.
    /// </summary>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    int Reduction(int width, int height) => 1;
}
