using System.ComponentModel.DataAnnotations;
using System.Numerics;
using Veil.Errors;
using Veil.Imaging;

namespace Veil.Regions;

/// <summary>How found regions become covered pixels. The defaults cover more rather than less.</summary>
public sealed record RegionPolicy
{
    private const float UsualGrowth = 0.22f;
    private const float FaceGrowth = 0.18f;
    private const float UnknownOutlineGrowth = 0.1f;

    private readonly float? _growth;

    /// <summary>Regions with a lower score are left alone. 0..1; default 0, since detectors have their own threshold.</summary>
    [Range(0.0, 1.0)]
    public float Threshold { get; init; }

    /// <summary>
    /// Growth on each side as a fraction of the box's width and height; of the eye's width for <see cref="FacePart.Eyes"/>.
    /// 0..2. Where it is not set, as much as the shape needs: see <see cref="DefaultGrowth"/>.
    /// </summary>
    [Range(0.0, 2.0)]
    public float Growth
    {
        get => _growth ?? DefaultGrowth(Shape, Part);
        init => _growth = value;
    }

    /// <summary>Shape of the covered area. Default <see cref="RegionShape.Ellipse"/>.</summary>
    public RegionShape Shape { get; init; }

    /// <summary>
    /// What <see cref="RegionShape.Outline"/> covers where a region has neither mask nor outline: <see cref="RegionShape.Ellipse"/>
    /// (default) or <see cref="RegionShape.Box"/>, which grows by a tenth at least then, since arms and legs reach out.
    /// </summary>
    public RegionShape Otherwise { get; init; }

    /// <summary>Which part of a face is covered; follows from the method. Default <see cref="FacePart.Whole"/>.</summary>
    public FacePart Part { get; init; }

    /// <summary>Width of the soft edge outside the covered area, as a fraction of the grown box's longer side. 0..0.5; default 0.12: narrower looks cut out.</summary>
    [Range(0.0, 0.5)]
    public float SoftEdge { get; init; } = 0.12f;

    /// <summary>
    /// What suits a kind where nobody says otherwise. Faces, heads and whole pictures: the defaults of the properties. Bodies:
    /// the mask, spread by 4 % of the body's width and height, with a narrow soft edge (DeepPrivacy2 spreads by 4 pixels where a
    /// body and what is around it take 288; masks here may be coarser), or the box where there is no mask. Plates and text:
    /// the outline, or the box where there is none, grown over the rim and with a hard edge, since a character that is half
    /// seen can be read.
    /// </summary>
    /// <param name="kind">What is covered.</param>
    public static RegionPolicy For(RegionKind kind) => kind switch
    {
        RegionKind.Body => new() { Shape = RegionShape.Outline, Otherwise = RegionShape.Box, Growth = 0.04f, SoftEdge = 0.02f },
        RegionKind.Plate or RegionKind.Text => new() { Shape = RegionShape.Outline, Otherwise = RegionShape.Box, Growth = 0.1f, SoftEdge = 0 },
        _ => new(),
    };

    /// <summary>
    /// The pixels to cover for a region, and the region grown alike; null when its score is below the threshold, or when
    /// no pixel of the picture is touched. A region of kind <see cref="RegionKind.Image"/> covers the whole picture,
    /// without growth or soft edge.
    /// </summary>
    /// <remarks>
    /// A part or contour of a face is covered where it is known; elsewhere at least the usual ellipse is, never less. A contour
    /// leaves out what is in front of the face (<see cref="Region.Occluder"/>), unless that would lay one of the five points bare.
    /// An outline or mask spreads by the same distances as the box does, so that it always contains the found shape; the
    /// <see cref="Region.Outline"/> of the result is scaled with the box, for display; its points stay as they were
    /// found, and its box lies around what is covered. Thread-safe.
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

        Check(region);
        return region.Score < Threshold ? null : CoverPart(region, picture) ?? CoverShape(region, picture);
    }

    /// <summary>
    /// Growth where none is set. 0.22 for boxes and ellipses: a little above (√2−1)/2, where the inscribed ellipse starts to
    /// contain the whole detected box, and enough to take in ears, chin and hairline. Of an eye's width it takes in lids and
    /// lashes. 0.18 for <see cref="RegionShape.Face"/>, whose contour runs inside the ears and below the hairline: what shows
    /// around it then tells no more about who it is than what shows around the usual ellipse (docs/privacy.md).
    /// </summary>
    public static float DefaultGrowth(RegionShape shape, FacePart part) =>
        part == FacePart.Whole && shape == RegionShape.Face ? FaceGrowth : UsualGrowth;

    /// <summary>What a closer description of the face than its box covers; null where there is none to rely on.</summary>
    private CoveredRegion? CoverPart(Region region, PixelRect picture) => (Part, Shape) switch
    {
        (FacePart.Eyes, _) when EyeAreas.Of(region)?.Rasterize(Growth, SoftEdge, picture) is { } eyes => new CoveredRegion(Grow(region, UsualGrowth), eyes),
        (FacePart.Whole, RegionShape.Face) => CoverContour(region, picture),
        _ => null,
    };

    private CoveredRegion? CoverContour(Region region, PixelRect picture)
    {
        // The contour of a face leaves out the hair, which a head has as well.
        if (region.Kind != RegionKind.Face || region.Points?.Outline is not { } outline)
        {
            return null;
        }

        // Methods draw for what is covered, and that is not where the detector's box is.
        var spread = Spread(region, Growth);
        var around = Box.Around(outline);
        var grown = Grow(region, Growth) with { Box = new Box(around.Left - spread.X, around.Top - spread.Y, around.Right + spread.X, around.Bottom + spread.Y) };
        var mask = MaskRasterizer.Rasterize(outline.AsSpan(), spread, SoftEdge * grown.Box.LongSide, picture);
        if (mask is null || Leaves(mask, region.Landmarks, picture))
        {
            return null;
        }

        var seen = region.Occluder is { } occluder ? mask.Without(occluder) : mask;
        return new CoveredRegion(grown, Leaves(seen, region.Landmarks, picture) ? mask : seen);
    }

    private static bool Leaves(RegionMask mask, FaceLandmarks? known, PixelRect picture) => known is not null && known.Points.Any(point =>
        point.X >= picture.Left && point.Y >= picture.Top && point.X < picture.Right && point.Y < picture.Bottom
        && mask[(int)point.X, (int)point.Y] != byte.MaxValue);

    private CoveredRegion? CoverShape(Region region, PixelRect picture)
    {
        // Whoever wanted a closer shape than there is gets at least the usual ellipse, or a box with room.
        var shape = Shape == RegionShape.Outline && region.Mask is null && region.Outline.Length < 3 ? Otherwise : Shape;
        var growth = Part == FacePart.Eyes || Shape == RegionShape.Face ? Math.Max(Growth, UsualGrowth)
            : shape != Shape ? Math.Max(Growth, shape == RegionShape.Box ? UnknownOutlineGrowth : UsualGrowth)
            : Growth;
        var grown = Grow(region, growth);
        var (spread, softEdge) = (Spread(region, growth), SoftEdge * grown.Box.LongSide);
        var mask = shape switch
        {
            RegionShape.Outline when region.Mask is { } pixels => MaskRasterizer.Rasterize(pixels, spread, softEdge, picture),
            RegionShape.Outline => MaskRasterizer.Rasterize(region.Outline.AsSpan(), spread, softEdge, picture),
            RegionShape.Box => MaskRasterizer.Rasterize(grown.Box, softEdge, picture),
            _ => MaskRasterizer.RasterizeEllipse(grown.Box, softEdge, picture),
        };
        return mask is null ? null : new CoveredRegion(grown, mask);
    }

    private static Vector2 Spread(Region region, float growth) => new Vector2(region.Box.Width, region.Box.Height) * growth;

    private static Region Grow(Region region, float growth)
    {
        var center = new Vector2(region.Box.CenterX, region.Box.CenterY);
        var scale = 1 + (2 * growth);
        return region with
        {
            Box = region.Box.Grow(growth),
            Found = region.Found ?? region.Box,
            Reference = region.Reference?.Grow(growth),
            Outline = [.. region.Outline.Select(point => center + ((point - center) * scale))],
        };
    }

    private void Check(Region region)
    {
        // Silence would leave somebody uncovered: a box that means nothing is an error, not an empty region.
        const float limit = 1 << 23;
        var box = region.Box.Grow(Math.Max(Growth, UsualGrowth));
        if (region.Box.IsEmpty || !(Math.Abs(box.Left) < limit && Math.Abs(box.Top) < limit && Math.Abs(box.Right) < limit && Math.Abs(box.Bottom) < limit))
        {
            throw new VeilException(
                VeilErrorCode.InvalidRegions,
                $"Expected a region with left < right, top < bottom and edges within ±{limit:0} pixels, but received {region.Box}.",
                "Correct or remove this region.");
        }
    }
}
