using System.ComponentModel.DataAnnotations;
using System.Numerics;
using Veil.Errors;
using Veil.Imaging;

namespace Veil.Regions;

/// <summary>How found regions become covered pixels. The defaults cover more rather than less.</summary>
public sealed record RegionPolicy
{
    /// <summary>Regions with a lower score are left alone. 0..1; default 0, since detectors have their own threshold.</summary>
    [Range(0.0, 1.0)]
    public float Threshold { get; init; }

    /// <summary>
    /// Growth on each side as a fraction of the box's width and height. 0..2; default 0.22: a little above (√2−1)/2, where
    /// the inscribed ellipse starts to contain the whole detected box, and enough to take in ears, chin and hairline.
    /// </summary>
    [Range(0.0, 2.0)]
    public float Growth { get; init; } = 0.22f;

    /// <summary>Shape of the covered area. Default <see cref="RegionShape.Ellipse"/>.</summary>
    public RegionShape Shape { get; init; }

    /// <summary>Width of the soft edge outside the covered area, as a fraction of the grown box's longer side. 0..0.5; default 0.12: narrower looks cut out.</summary>
    [Range(0.0, 0.5)]
    public float SoftEdge { get; init; } = 0.12f;

    /// <summary>
    /// The pixels to cover for a region, and the region grown alike; null when its score is below the threshold, or when
    /// no pixel of the picture is touched. A region of kind <see cref="RegionKind.Image"/> covers the whole picture,
    /// without growth or soft edge.
    /// </summary>
    /// <remarks>
    /// An outline or mask spreads by the same distances as the box does, so that it always contains the found shape; the
    /// <see cref="Region.Outline"/> of the result is scaled with the box, for display. Thread-safe.
    /// </remarks>
    /// <param name="region">As found; its box may reach over the border.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidRegions"/>: the box is empty, inverted or not finite.</exception>
    public CoveredRegion? Cover(Region region, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var picture = new PixelRect(0, 0, width, height);
        if (region.Kind == RegionKind.Image)
        {
            return new CoveredRegion(region with { Box = new Box(0, 0, width, height) }, RegionMask.Full(picture));
        }

        var grown = Grow(region);
        if (region.Score < Threshold)
        {
            return null;
        }

        var softEdge = SoftEdge * grown.Box.LongSide;
        var growth = new Vector2(region.Box.Width, region.Box.Height) * Growth;
        var mask = Shape switch
        {
            RegionShape.Outline when region.Mask is { } pixels => MaskRasterizer.Rasterize(pixels, growth, softEdge, picture),
            RegionShape.Outline when region.Outline.Length >= 3 => MaskRasterizer.Rasterize(region.Outline.AsSpan(), growth, softEdge, picture),
            RegionShape.Box => MaskRasterizer.Rasterize(grown.Box, softEdge, picture),
            _ => MaskRasterizer.RasterizeEllipse(grown.Box, softEdge, picture),
        };
        return mask is null ? null : new CoveredRegion(grown, mask);
    }

    private Region Grow(Region region)
    {
        // Silence would leave somebody uncovered: a box that means nothing is an error, not an empty region.
        const float limit = 1 << 23;
        var box = region.Box.Grow(Growth);
        if (region.Box.IsEmpty || !(Math.Abs(box.Left) < limit && Math.Abs(box.Top) < limit && Math.Abs(box.Right) < limit && Math.Abs(box.Bottom) < limit))
        {
            throw new VeilException(
                VeilErrorCode.InvalidRegions,
                $"Expected a region with left < right, top < bottom and edges within ±{limit:0} pixels, but received {region.Box}.",
                "Correct or remove this region.");
        }

        var center = new Vector2(region.Box.CenterX, region.Box.CenterY);
        var scale = 1 + (2 * Growth);
        return region with
        {
            Box = box,
            Outline = [.. region.Outline.Select(point => center + ((point - center) * scale))],
        };
    }
}
