using Veil.Imaging;
using Veil.Regions;

namespace Veil.Detection;

/// <summary>
/// Finds the dense points of faces that were detected before. One instance per worker: implementations keep buffers
/// between calls and are not thread-safe.
/// </summary>
public interface IFaceLandmarker : IDisposable
{
    /// <summary>Finds the points of one face.</summary>
    /// <param name="image">An upright picture in <see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <param name="face">The face as detected; its box may reach over the border.</param>
    /// <returns>
    /// Its points in the picture's coordinates, or null where they cannot be told: whoever asked covers more then, not less.
    /// </returns>
    FacePoints? Locate(PixelBuffer image, Region face);

    /// <summary>
    /// The pixels that <see cref="Locate"/> reads for a face; may reach over the border. Whoever decodes on demand hands over
    /// these alone. Where an implementation does not say, the box grown by its own size on every side.
    /// </summary>
    /// <param name="face">The face as detected.</param>
    PixelRect Reads(Region face) => (face ?? throw new ArgumentNullException(nameof(face))).Box.Grow(1).ToPixels();
}
