using System.ComponentModel.DataAnnotations;

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

    /// <summary>Width of the soft edge outside the covered area, as a fraction of the grown box's longer side. 0..0.5; default 0.06.</summary>
    [Range(0.0, 0.5)]
    public float SoftEdge { get; init; } = 0.06f;
}
