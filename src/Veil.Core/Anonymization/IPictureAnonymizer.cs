using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>A method that has to see all regions of a picture at once: to exchange them, or to look at none of them when it looks around one.</summary>
public interface IPictureAnonymizer : IAnonymizer
{
    /// <summary>What <see cref="IAnonymizer.Apply"/> does, for every region of the picture.</summary>
    /// <param name="image">The picture, changed in place; any <see cref="PixelFormat"/>. Pixels in <see cref="IAnonymizer.Reads"/> of each region are there.</param>
    /// <param name="covered">All regions, in the order in which they are drawn; may be empty.</param>
    /// <exception cref="VeilException">The method cannot work on these regions; nothing of the picture may be written then.</exception>
    void Apply(PixelBuffer image, IReadOnlyList<CoveredRegion> covered);
}
