using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>One frame with what the steps before have learnt about it.</summary>
internal sealed class FrameState(MediaItem item, Frame frame)
{
    public MediaItem Item { get; } = item;

    public Frame Frame { get; } = frame;

    /// <summary>As found; after choosing by person, those that stay covered.</summary>
    public IReadOnlyList<Region> Regions { get; set; } = [];

    /// <summary>After choosing by person, those that stay clear.</summary>
    public IReadOnlyList<Region> Clear { get; set; } = [];

    /// <summary>How faces were judged; null where people are not told apart.</summary>
    public PersonCounts? People { get; set; }

    /// <summary>As covered: grown, with masks.</summary>
    public IReadOnlyList<CoveredRegion> Covered { get; set; } = [];
}

/// <summary>A named step over one frame.</summary>
internal sealed record FrameStep(string Name, Action<FrameState, CancellationToken> Run);
