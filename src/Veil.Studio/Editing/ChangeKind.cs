using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>Says that a region shows something else. What described it more closely than its box goes; the whole picture stays what it is.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Region">Its id.</param>
/// <param name="Kind">What it shows.</param>
internal sealed record ChangeKind(int Frame, int Region, RegionKind Kind) : IEdit
{
    /// <inheritdoc/>
    public EditName Name => EditName.ChangeKind;

    /// <inheritdoc/>
    public ReviewedItem ApplyTo(ReviewedItem item) => Kind == RegionKind.Image
        ? item
        : item.WithRegion(Frame, Region, region => region.Region.Kind is var before && (before == Kind || before == RegionKind.Image)
            ? region
            : region with { Region = Placement.WithoutDetail(region.Region with { Kind = Kind }) });
}
