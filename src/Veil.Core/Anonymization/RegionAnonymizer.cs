using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>
/// The frame of every method: it hands out an 8-bit RGB canvas as large as the visible part of the region, and lays the
/// result through the mask over a picture of any format. Derive from <see cref="PaintingAnonymizer"/> when the result does
/// not depend on the region's pixels, from <see cref="FilteringAnonymizer"/> when it does. Derived classes hold no state
/// but their options.
/// </summary>
public abstract class RegionAnonymizer : IAnonymizer
{
    private protected RegionAnonymizer()
    {
    }

    /// <inheritdoc/>
    public void Apply(PixelBuffer image, Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(mask);
        var area = mask.Bounds.Intersect(image.Bounds);
        if (area.IsEmpty)
        {
            return;
        }

        using var target = new PixelBuffer(area.Width, area.Height, PixelFormat.Rgb24);
        var canvas = new RegionCanvas(region, mask, area, target);
        Render(image, canvas);
        MaskCompositor.Composite(canvas, image);
    }

    /// <inheritdoc/>
    public virtual PixelRect Reads(Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return mask.Bounds;
    }

    /// <inheritdoc/>
    public virtual IAnonymizer ForFilm() => this;

    private protected abstract void Render(PixelBuffer image, RegionCanvas canvas);
}
