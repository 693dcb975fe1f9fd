using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>A picture as it was before anything was covered, and all that will be covered in it. Valid during one call.</summary>
public sealed class CoveredScene
{
    internal CoveredScene(PixelBuffer original, IReadOnlyList<CoveredRegion> covered) => (Original, Covered) = (original, covered);

    /// <summary>
    /// The untouched picture in <see cref="PixelFormat.Rgb24"/>; only to be read, and only in the places that
    /// <see cref="IPictureAnonymizer.ReadsFor"/> names.
    /// </summary>
    public PixelBuffer Original { get; }

    /// <summary>All regions of the picture.</summary>
    public IReadOnlyList<CoveredRegion> Covered { get; }

    /// <summary>The strongest coverage that any region has, for each pixel of a rectangle: what shows somebody and may not be looked at as surroundings.</summary>
    /// <param name="area">Inside the picture, not empty.</param>
    public RegionMask CoverageIn(PixelRect area)
    {
        var coverage = new byte[area.Width * area.Height];
        foreach (var (_, mask) in Covered)
        {
            mask.AddTo(coverage, area);
        }

        return new RegionMask(area, coverage);
    }
}
