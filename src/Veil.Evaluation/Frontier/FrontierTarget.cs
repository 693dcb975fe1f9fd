using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Veil.Evaluation.Frontier;

/// <summary>What a treatment has to hold. The worse end of each 95 % interval counts, not the estimate. Immutable.</summary>
public sealed record FrontierTarget
{
    /// <summary>Most people that the strongest attacker may name, 0..1; null for no limit.</summary>
    [Range(0.0, 1.0)]
    public double? MaxReidentification { get; init; }

    /// <summary>Least that must be left of the original's accuracy, 0..1; null for no limit.</summary>
    [Range(0.0, 1.0)]
    public double? MinUtility { get; init; }

    /// <summary>True where the user stated none; then what is at chance is looked for.</summary>
    public bool IsUnstated => MaxReidentification is null && MinUtility is null;

    /// <summary>Whether a treatment is shown to hold it.</summary>
    /// <param name="point">A point that lacks a measurement does not.</param>
    public bool IsMetBy(FrontierPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return point is { IsComplete: true, Treatment.IsOriginal: false } && HoldsPrivacy(point) && HoldsUtility(point);
    }

    /// <summary>Whether the privacy that was asked for is shown; without a stated target, being at chance.</summary>
    internal bool HoldsPrivacy(FrontierPoint point) => point.Reidentification is { } found && (IsUnstated ? point.IsAtChance : MaxReidentification is not { } most || found.High <= most);

    /// <summary>Whether the utility that was asked for is shown.</summary>
    internal bool HoldsUtility(FrontierPoint point) => point.Utility is { } left && (MinUtility is not { } least || left.Low >= least);

    /// <summary>The target in words, e.g. <c>re-identification of at most 1 % and at least 90 % of the original's accuracy</c>.</summary>
    public override string ToString() => IsUnstated ? "re-identification no better than guessing"
        : string.Join(" and ", new[]
        {
            MaxReidentification is { } most ? string.Create(CultureInfo.InvariantCulture, $"re-identification of at most {100 * most:0.###} %") : null,
            MinUtility is { } least ? string.Create(CultureInfo.InvariantCulture, $"at least {100 * least:0.###} % of the original's utility") : null,
        }.OfType<string>());
}
