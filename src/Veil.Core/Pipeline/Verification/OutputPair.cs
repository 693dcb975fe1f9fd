using Veil.Regions;

namespace Veil.Pipeline.Verification;

/// <summary>What a run should have kept of a picture outside its regions.</summary>
public enum OutputFidelity
{
    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>Everything, to the bit: pixels, or coefficients of a JPEG.</summary>
    Exact,

    /// <summary>What coding anew with losses leaves.</summary>
    CodedAnew,
}

/// <summary>An original and what was made of it. Immutable.</summary>
/// <param name="Original">The original.</param>
/// <param name="Output">Path of the output.</param>
public sealed record OutputPair(MediaItem Original, string Output)
{
    /// <summary>The regions of each frame as the run found them; null where nobody says. Of films usually null.</summary>
    public IReadOnlyList<FrameRegions>? Regions { get; init; }

    /// <summary>How those became covered pixels.</summary>
    public RegionPolicies Policies { get; init; } = RegionPolicies.Default;

    /// <summary>What the run promised to keep outside regions.</summary>
    public OutputFidelity Fidelity { get; init; }
}
