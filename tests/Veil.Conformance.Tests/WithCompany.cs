using Veil.Anonymization;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Conformance.Tests;

/// <summary>
/// Lets a method that wants faces, or several people, meet the promises that are tested with one region of any kind: the
/// region counts as a face, and somebody else, of whom nothing is covered, stands in the same picture.
/// </summary>
public sealed class WithCompany(IPictureAnonymizer method) : IAnonymizer
{
    /// <summary>Where the other one is; far off unless said.</summary>
    public Box Place { get; init; } = new(-1000, -1000, -960, -950);

    public WithCompany At(Box place) => new(method) { Place = place };

    public void Apply(PixelBuffer image, Region region, RegionMask mask)
    {
        var face = new CoveredRegion(region.Kind == RegionKind.Image ? region with { Kind = RegionKind.Face } : region, mask);
        if (mask.Bounds.Intersect(image.Bounds).IsEmpty)
        {
            method.Apply(image, [face], []);
            return;
        }

        var other = new CoveredRegion(TestRegions.Face(Place), new RegionMask(Corner(image), [0]));
        method.Apply(image, [face, other], []);
    }

    private PixelRect Corner(PixelBuffer image)
    {
        var (x, y) = ((int)Math.Clamp(Place.CenterX, 0, image.Width - 1), (int)Math.Clamp(Place.CenterY, 0, image.Height - 1));
        return new PixelRect(x, y, x + 1, y + 1);
    }

    public PixelRect Reads(Region region, RegionMask mask) => method.Reads(region, mask);
}
