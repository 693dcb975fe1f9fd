using Veil.Anonymization;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Video.Live;

/// <summary>What a live picture is treated with.</summary>
/// <param name="CreateProvider">Makes what finds regions; called again after it failed.</param>
/// <param name="Policies">How regions become covered pixels.</param>
/// <param name="Anonymizer">What happens to them.</param>
public sealed record LiveTreatment(Func<IRegionProvider> CreateProvider, RegionPolicies Policies, IAnonymizer Anonymizer);
