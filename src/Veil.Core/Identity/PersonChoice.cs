using Veil.Regions;

namespace Veil.Identity;

/// <summary>What is left to hide in a frame.</summary>
/// <param name="Hidden">Regions to cover, in the order they came; those of listed people bear their number.</param>
/// <param name="Counts">How many faces got which verdict.</param>
public sealed record PersonChoice(IReadOnlyList<Region> Hidden, PersonCounts Counts)
{
    /// <summary>Regions that stay clear, in the order they came; those of listed people bear their number.</summary>
    public IReadOnlyList<Region> Clear { get; init; } = [];
}
