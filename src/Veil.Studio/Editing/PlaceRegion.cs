using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>Moves or resizes a region. One of the whole picture stays as it is.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Region">Its id.</param>
/// <param name="Box">Where it is to be; what lies outside the picture is left out.</param>
internal sealed record PlaceRegion(int Frame, int Region, Box Box) : IEdit
{
    /// <inheritdoc/>
    public EditName Name => EditName.Place;

    /// <inheritdoc/>
    public ReviewedItem ApplyTo(ReviewedItem item) => Placement.Within(item, Box) is { } box
        ? item.WithRegion(Frame, Region, region => region.Region.Kind == RegionKind.Image ? region : Placement.Placed(region, box))
        : item;
}
