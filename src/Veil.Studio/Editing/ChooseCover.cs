using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>Covers a region, or leaves it clear.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Region">Its id.</param>
/// <param name="Choice">What becomes of it.</param>
internal sealed record ChooseCover(int Frame, int Region, CoverChoice Choice) : IEdit
{
    /// <inheritdoc/>
    public EditName Name => Choice is CoverChoice.Covered or CoverChoice.CoveredByHand ? EditName.Cover : EditName.LeaveClear;

    /// <inheritdoc/>
    public ReviewedItem ApplyTo(ReviewedItem item) => item.WithRegion(Frame, Region, region => region.Cover == Choice ? region : region with { Cover = Choice });
}
