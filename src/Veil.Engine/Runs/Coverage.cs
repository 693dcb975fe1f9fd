using Veil.Regions;

namespace Veil.Engine.Runs;

/// <summary>How regions of a kind become covered pixels: what the user said, else what the preset says, else what suits method and kind.</summary>
internal static class Coverage
{
    /// <summary>The policy of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="chosen">Its method, which may cover a part of a face only, and its preset; null where there is none.</param>
    /// <param name="growth">On every side, a fraction of the region's size; null for nothing said.</param>
    /// <param name="shape">Of the covered area; null for nothing said.</param>
    /// <param name="softEdge">A fraction of the longer side; null for nothing said.</param>
    /// <exception cref="Errors.VeilException">Out of range.</exception>
    public static RegionPolicy For(RegionKind kind, ChosenMethod? chosen, float? growth, RegionShape? shape, float? softEdge)
    {
        var policy = chosen?.Preset?.Policy is { } exact ? exact with { Part = chosen.Method.Covers } : chosen?.Method.PolicyFor(kind) ?? RegionPolicy.For(kind);
        policy = policy with { Shape = shape ?? policy.Shape, SoftEdge = softEdge ?? policy.SoftEdge };
        if (policy.Shape == RegionShape.Ellipse && shape is not null)
        {
            // What suits a box leaves its corners out of an ellipse.
            policy = policy with { Growth = Math.Max(policy.Growth, RegionPolicy.DefaultGrowth(policy.Shape, policy.Part)) };
        }

        policy = growth is { } fraction ? policy with { Growth = fraction } : policy;
        Checked.Require(policy);
        return policy;
    }
}
