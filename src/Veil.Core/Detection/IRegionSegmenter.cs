using Veil.Imaging;
using Veil.Regions;

namespace Veil.Detection;

/// <summary>
/// Tells which pixels of a region belong to what was detected there. One instance per worker: implementations keep buffers
/// between calls and are not thread-safe.
/// </summary>
public interface IRegionSegmenter : IDisposable
{
    /// <summary>The kind of regions that it is made for.</summary>
    RegionKind Kind { get; }

    /// <summary>Finds the pixels of one region.</summary>
    /// <param name="image">An upright picture in <see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <param name="region">The region as detected; its box may reach over the border.</param>
    /// <returns>
    /// Its pixels in the picture's coordinates, or null where they cannot be told: the whole box is covered then. A mask that
    /// leaves out part of a person exposes it, so an implementation that is in doubt returns null.
    /// </returns>
    RegionMask? Segment(PixelBuffer image, Region region);

    /// <summary>
    /// The pixels that <see cref="Segment"/> reads for a region; may reach over the border. Whoever decodes on demand hands
    /// over these alone. Where an implementation does not say, the box grown by its own size on every side.
    /// </summary>
    /// <param name="region">The region as detected.</param>
    PixelRect Reads(Region region) => (region ?? throw new ArgumentNullException(nameof(region))).Box.Grow(1).ToPixels();
}
