using Veil.Anonymization;
using Veil.Evaluation.Treatments;
using Veil.Regions;

namespace Veil.Evaluation.Coco;

/// <summary>What the originals are compared with: each kind of region anonymized by itself, by each treatment.</summary>
/// <param name="Kinds">The kinds.</param>
/// <param name="Regions">Says where they are. Called by one thread.</param>
/// <param name="Treatments">The treatments; <see cref="Treatment.Original"/> is measured in any case.</param>
public sealed record CocoComparison(IReadOnlyList<RegionKind> Kinds, CocoRegions Regions, IReadOnlyList<Treatment> Treatments)
{
    /// <summary>For a kind, what its regions depend on beside the picture, e.g. the detector: part of the key of what was measured. Default: nothing.</summary>
    public Func<RegionKind, string> Source { get; init; } = _ => "";

    /// <summary>The originals alone.</summary>
    public static CocoComparison OriginalOnly { get; } = new([], static (_, _, _, _) => [], [Treatment.Original]);

    /// <summary>Why a treatment is not for a kind; null where it is.</summary>
    /// <param name="treatment">Any but the original.</param>
    /// <param name="kind">Of the regions.</param>
    public static string? WhyNot(Treatment treatment, RegionKind kind)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        var isFace = kind is RegionKind.Face or RegionKind.Head;
        return treatment switch
        {
            { Method: null } => null,
            { Preset: { } preset } when preset.Finds != kind && !(isFace && preset.Finds is RegionKind.Face or RegionKind.Head) => $"made for {RegionKinds.NameOf(preset.Finds)}",
            { Method: var method } when !isFace && (method.Needs.HasFlag(MethodNeeds.FacesOnly) || method.Covers != FacePart.Whole) => "made for faces",
            { Method: var method } when !isFace && kind != RegionKind.Body && method.Needs.HasFlag(MethodNeeds.PeopleOnly) => "made for people",
            _ => null,
        };
    }
}
