using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>
/// The frame of methods that look beyond one region. They draw on the same canvases as <see cref="RegionAnonymizer"/>, and
/// see the picture as it was before any of their regions was drawn. Derived classes hold no state but their options and
/// thread-safe engines.
/// </summary>
public abstract class SceneAnonymizer : IPictureAnonymizer
{
    /// <inheritdoc/>
    public void Apply(PixelBuffer image, Region region, RegionMask mask) => Apply(image, [new CoveredRegion(region, mask)], []);

    /// <inheritdoc/>
    public void Apply(PixelBuffer image, IReadOnlyList<CoveredRegion> covered, IReadOnlyList<CoveredRegion> pending)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(covered);
        ArgumentNullException.ThrowIfNull(pending);
        CoveredRegion[] visible = [.. covered.Where(one => !one.Mask.Bounds.Intersect(image.Bounds).IsEmpty)];
        if (visible.Length == 0)
        {
            return;
        }

        using var original = PixelConversion.ToRgb24(image);
        var scene = new CoveredScene(original, visible, pending);
        var canvases = new List<RegionCanvas>();
        try
        {
            // All are drawn before the first is laid over the picture: a failure leaves it as it was.
            foreach (var (region, mask) in visible)
            {
                var area = mask.Bounds.Intersect(image.Bounds);
                canvases.Add(new RegionCanvas(region, mask, area, new PixelBuffer(area.Width, area.Height, PixelFormat.Rgb24)));
            }

            Draw(scene, canvases);
            foreach (var canvas in Order(canvases))
            {
                MaskCompositor.Composite(canvas, image);
            }
        }
        finally
        {
            canvases.ForEach(canvas => canvas.Target.Dispose());
        }
    }

    /// <inheritdoc/>
    public virtual PixelRect Reads(Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return mask.Bounds;
    }

    /// <inheritdoc/>
    public virtual bool Removes(Region region) => false;

    /// <inheritdoc/>
    public virtual IAnonymizer ForFilm() => this;

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> Remarks => [];

    /// <inheritdoc/>
    public virtual IEnumerable<PixelRect> ReadsFor(IReadOnlyList<CoveredRegion> covered)
    {
        ArgumentNullException.ThrowIfNull(covered);
        return covered.Select(one => Reads(one.Region, one.Mask));
    }

    /// <summary>The canvases in the order in which they are laid over the picture, which shows where they overlap. Default: the scene's.</summary>
    /// <param name="canvases">All of them.</param>
    protected virtual IReadOnlyList<RegionCanvas> Order(IReadOnlyList<RegionCanvas> canvases) => canvases;

    /// <summary>Draws every pixel of every canvas's target. Called from several threads at once, with different scenes.</summary>
    /// <param name="scene">The picture and its regions.</param>
    /// <param name="canvases">One per region of the scene, in its order.</param>
    protected abstract void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases);
}
