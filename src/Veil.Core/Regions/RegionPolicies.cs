namespace Veil.Regions;

/// <summary>A policy for each kind of region. A single <see cref="RegionPolicy"/> stands for all kinds alike. Immutable and thread-safe.</summary>
public sealed class RegionPolicies
{
    private readonly Dictionary<RegionKind, RegionPolicy> _policies;

    /// <summary>Takes a policy for some kinds; the others take <see cref="RegionPolicy.For"/>.</summary>
    public RegionPolicies(IReadOnlyDictionary<RegionKind, RegionPolicy> policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        _policies = RegionKinds.All.ToDictionary(kind => kind, kind => policies.GetValueOrDefault(kind) ?? RegionPolicy.For(kind));
    }

    /// <summary>Each kind's own: <see cref="RegionPolicy.For"/>.</summary>
    public static RegionPolicies Default { get; } = new(new Dictionary<RegionKind, RegionPolicy>());

    /// <summary>The policy of a kind.</summary>
    public RegionPolicy this[RegionKind kind] => _policies[kind];

    /// <summary>One policy for all kinds.</summary>
    public static RegionPolicies FromRegionPolicy(RegionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new RegionPolicies(RegionKinds.All.ToDictionary(kind => kind, _ => policy));
    }

    /// <summary>One policy for all kinds.</summary>
    public static implicit operator RegionPolicies(RegionPolicy policy) => FromRegionPolicy(policy);

    /// <summary>What <see cref="RegionPolicy.Cover"/> of the region's kind says.</summary>
    /// <param name="region">As found; its box may reach over the border.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <exception cref="Errors.VeilException"><see cref="Errors.VeilErrorCode.InvalidRegions"/>: the box is empty, inverted or not finite.</exception>
    public CoveredRegion? Cover(Region region, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(region);
        return this[region.Kind].Cover(region, width, height);
    }
}
