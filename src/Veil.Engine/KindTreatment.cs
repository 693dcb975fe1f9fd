using Veil.Anonymization;
using Veil.Regions;

namespace Veil;

/// <summary>What happens to one kind of region. Immutable.</summary>
/// <param name="Kind">The kind that is looked for and covered.</param>
public sealed record KindTreatment(RegionKind Kind)
{
    /// <summary>Id of a method, or name of a preset (which has a slash in it); null for the kind's default: <c>veil</c>, and <c>solid</c> for plates and text.</summary>
    public string? Method { get; init; }

    /// <summary>The method's options, of its own type; null for the preset's or the method's defaults.</summary>
    public MethodOptions? Options { get; init; }

    /// <summary>Growth of each region on every side, as a fraction of its size; null for what suits method and kind.</summary>
    public float? Growth { get; init; }

    /// <summary>Shape of the covered area; null for what suits method and kind.</summary>
    public RegionShape? Shape { get; init; }

    /// <summary>Width of the soft edge outside the covered area, as a fraction of its longer side; null for what suits method and kind.</summary>
    public float? SoftEdge { get; init; }
}
