using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>A picture as it was before a method's first region was covered, and all that is still to be covered in it. Valid during one call.</summary>
public sealed class CoveredScene
{
    internal CoveredScene(PixelBuffer original, IReadOnlyList<CoveredRegion> covered, IReadOnlyList<CoveredRegion> pending) =>
        (Original, Covered, Pending) = (original, covered, pending);

    /// <summary>
    /// The picture in <see cref="PixelFormat.Rgb24"/>, in which only what other methods covered before is changed; only to be
    /// read, and only in the places that <see cref="IPictureAnonymizer.ReadsFor"/> names.
    /// </summary>
    public PixelBuffer Original { get; }

    /// <summary>All regions that the method covers.</summary>
    public IReadOnlyList<CoveredRegion> Covered { get; }

    /// <summary>Regions that another method covers afterwards.</summary>
    public IReadOnlyList<CoveredRegion> Pending { get; }

    /// <summary>
    /// The strongest coverage that any region has, for each pixel of a rectangle: what shows somebody and may not be looked at as
    /// surroundings. Regions that another method covers afterwards count, too.
    /// </summary>
    /// <param name="area">Inside the picture, not empty.</param>
    public RegionMask CoverageIn(PixelRect area)
    {
        var coverage = new byte[area.Width * area.Height];
        foreach (var (_, mask) in Covered.Concat(Pending))
        {
            mask.AddTo(coverage, area);
        }

        return new RegionMask(area, coverage);
    }
}
