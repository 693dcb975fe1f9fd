using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>A method that has to see all regions of a picture at once: to exchange them, or to look at none of them when it looks around one.</summary>
public interface IPictureAnonymizer : IAnonymizer
{
    /// <summary>What <see cref="IAnonymizer.Apply"/> does, for every region of the picture.</summary>
    /// <param name="image">The picture, changed in place; any <see cref="PixelFormat"/>. Pixels in <see cref="ReadsFor"/> are there.</param>
    /// <param name="covered">All regions, in the order in which they are drawn; may be empty.</param>
    /// <param name="pending">
    /// Regions that another method covers afterwards: they show what they show still, and a method that looks around its own
    /// regions may not look at them, or it would copy what is to be hidden to where nothing covers it. May be empty.
    /// </param>
    /// <exception cref="VeilException">The method cannot work on these regions; nothing of the picture may be written then.</exception>
    void Apply(PixelBuffer image, IReadOnlyList<CoveredRegion> covered, IReadOnlyList<CoveredRegion> pending);

    /// <summary>
    /// The pixels that the method reads when it covers these regions, in the picture's coordinates; may reach over the border.
    /// More than <see cref="IAnonymizer.Reads"/> of each where regions that lie together are seen together.
    /// </summary>
    /// <param name="covered">All regions of the picture.</param>
    IEnumerable<PixelRect> ReadsFor(IReadOnlyList<CoveredRegion> covered) => covered.Select(one => Reads(one.Region, one.Mask));

    /// <summary>
    /// True when it puts background in the place of a region, so that whatever the region showed is gone. What lies in such a
    /// region, of any kind, is then covered together with it (<see cref="KindAnonymizer"/>). Default false.
    /// </summary>
    /// <param name="region">One that it covers.</param>
    bool Removes(Region region) => false;
}
