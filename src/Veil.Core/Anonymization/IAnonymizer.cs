using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>
/// Changes pixels so that a region shows nobody. Stateless and thread-safe; the same input and options give the same
/// bytes at any thread count.
/// </summary>
public interface IAnonymizer
{
    /// <summary>
    /// Writes only pixels whose coverage is above 0, rewrites every pixel whose coverage is 255, and blends the soft edge
    /// between. A region that lies wholly outside the picture changes nothing.
    /// </summary>
    /// <param name="image">The picture, changed in place; any <see cref="PixelFormat"/>.</param>
    /// <param name="region">What to cover. Its box (already grown) gives size and place; it may reach over the border.</param>
    /// <param name="mask">Which pixels, and how firmly.</param>
    void Apply(PixelBuffer image, Region region, RegionMask mask);

    /// <summary>
    /// The pixels that the method reads for a region, in the picture's coordinates; may reach over the border. More than the
    /// mask's bounds where a method looks around the region.
    /// </summary>
    /// <param name="region">What to cover.</param>
    /// <param name="mask">Which pixels.</param>
    PixelRect Reads(Region region, RegionMask mask) => (mask ?? throw new ArgumentNullException(nameof(mask))).Bounds;

    /// <summary>
    /// The method for the frames of one film, given in order. It may remember of a track what it made of it before, so that
    /// somebody keeps a look; it is not thread-safe then. By default the method itself.
    /// </summary>
    IAnonymizer ForFilm() => this;

    /// <summary>What came up while the method was made and its user should know, e.g. that pictures of a gallery were passed over; usually empty.</summary>
    IReadOnlyList<string> Remarks => [];
}
