using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>Deletes a region that was drawn by hand. One that was found stays, for it can be left clear and nothing is lost.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Region">Its id.</param>
internal sealed record DeleteRegion(int Frame, int Region) : IEdit
{
    /// <inheritdoc/>
    public EditName Name => EditName.Delete;

    /// <summary>What takes a region away: deleting what was drawn, leaving clear what was found.</summary>
    public static IEdit OrLeaveClear(ReviewedItem item, int frame, int region) =>
        item.Find(frame, region)?.IsDrawn() == true ? new DeleteRegion(frame, region) : new ChooseCover(frame, region, CoverChoice.ClearByHand);

    /// <inheritdoc/>
    public ReviewedItem ApplyTo(ReviewedItem item) => item.Find(Frame, Region)?.IsDrawn() == true
        ? item.WithRegions(Frame, [.. item.Frames[Frame].Regions.Where(one => one.Id != Region)])
        : item;
}
