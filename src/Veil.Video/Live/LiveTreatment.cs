using Veil.Anonymization;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Video.Live;

/// <summary>What a live picture is treated with.</summary>
/// <param name="CreateProvider">Makes what finds regions; called again after it failed.</param>
/// <param name="Policies">How regions become covered pixels.</param>
/// <param name="Anonymizer">What happens to them.</param>
public sealed record LiveTreatment(Func<IRegionProvider> CreateProvider, RegionPolicies Policies, IAnonymizer Anonymizer)
{
    /// <summary>Names what is found and how: treatments of one name may take over from each other's findings. Null is like no other.</summary>
    internal string? Finding { get; init; }

    /// <summary>The kinds that are found, as far as the method should be tried on them before it takes over.</summary>
    internal IReadOnlyList<RegionKind> Kinds { get; init; } = [];
}
