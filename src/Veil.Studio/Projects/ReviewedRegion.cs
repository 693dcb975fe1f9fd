using Veil.Regions;

namespace Veil.Studio.Projects;

/// <summary>A region of an item as the user sees it: covered or left clear. Immutable.</summary>
/// <param name="Id">Unique in its item, stable over edits.</param>
/// <param name="Region">As found or drawn: not grown; in full-size pixels.</param>
/// <param name="Cover">Whether it is covered.</param>
internal sealed record ReviewedRegion(int Id, Region Region, CoverChoice Cover)
{
    /// <summary>Whether it is covered, whoever said so.</summary>
    public bool IsCovered => Cover is CoverChoice.Covered or CoverChoice.CoveredByHand;

    /// <summary>Whether somebody decided by hand: that holds, whoever is to stay visible.</summary>
    public bool IsDecidedByHand => Cover is CoverChoice.ClearByHand or CoverChoice.CoveredByHand;
}

/// <summary>Whether a region is covered, and who said so.</summary>
internal enum CoverChoice
{
    /// <summary>Covered, as everything found is.</summary>
    Covered,

    /// <summary>Left clear, because somebody is to stay visible.</summary>
    ClearByPerson,

    /// <summary>Left clear by hand.</summary>
    ClearByHand,

    /// <summary>Covered by hand after it had been clear.</summary>
    CoveredByHand,
}

/// <summary>The regions of a frame.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Time">Presentation time from the start.</param>
/// <param name="Regions">Covered or not.</param>
internal sealed record ReviewedFrame(int Index, TimeSpan Time, IReadOnlyList<ReviewedRegion> Regions);

/// <summary>The regions of an item, as the studio keeps them. Immutable.</summary>
/// <param name="Width">Columns of the upright picture.</param>
/// <param name="Height">Rows of the upright picture.</param>
/// <param name="Frames">Every frame, in order.</param>
internal sealed record ReviewedItem(int Width, int Height, IReadOnlyList<ReviewedFrame> Frames)
{
    /// <summary>What is covered, as the engine applies it.</summary>
    /// <param name="name">The item's name.</param>
    public RegionTimeline ToTimeline(string name) => new(name, Width, Height, [.. Frames.Select(frame => new FrameRegions(
        frame.Index, frame.Time, [.. frame.Regions.Where(region => region.IsCovered).Select(region => region.Region)]))]);
}
