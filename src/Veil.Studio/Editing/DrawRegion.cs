using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>Draws a region by hand; it is covered.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Box">Where; what lies outside the picture is left out.</param>
/// <param name="Kind">What it shows.</param>
internal sealed record DrawRegion(int Frame, Box Box, RegionKind Kind) : IEdit
{
    /// <inheritdoc/>
    public EditName Name => EditName.Draw;

    /// <inheritdoc/>
    public ReviewedItem ApplyTo(ReviewedItem item)
    {
        if (Frame < 0 || Frame >= item.Frames.Count || Placement.Within(item, Box) is not { } box)
        {
            return item;
        }

        var region = new Region(box, Kind, Score: 1, new RegionOrigin(RegionSource.Hand)).Rounded();
        return item.WithRegions(Frame, [.. item.Frames[Frame].Regions, new ReviewedRegion(item.NextId(), region, CoverChoice.Covered)]);
    }
}
