using Veil.Regions;

namespace Veil.Studio.Components.Surface;

/// <summary>A region as a <see cref="RegionSurface"/> shows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Box">Where it is, in pixels of the picture.</param>
/// <param name="Label">What it is, in words, e.g. "Face 3, covered, 92 %".</param>
/// <param name="IsCovered">Whether it is covered.</param>
public sealed record SurfaceRegion(int Id, Box Box, string Label, bool IsCovered)
{
    /// <summary>The outline of what is covered, as the data of an SVG path in pixels of the picture; empty for none.</summary>
    public string Outline { get; init; } = "";

    /// <summary>Whether somebody drew it.</summary>
    public bool IsDrawn { get; init; }

    /// <summary>Whether it cannot be moved, because it is the whole picture.</summary>
    public bool IsFixed { get; init; }
}
