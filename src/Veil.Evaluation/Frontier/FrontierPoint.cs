using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Frontier;

/// <summary>A treatment on the plane of privacy and utility. Immutable.</summary>
/// <param name="Treatment">What was done to people.</param>
/// <param name="Reidentification">How many the strongest attacker names, 0..1; null where that was not measured.</param>
/// <param name="Utility">What is left of the original's accuracy: 1 is all of it; null where that was not measured.</param>
public sealed record FrontierPoint(Treatment Treatment, MeasuredShare? Reidentification, MeasuredShare? Utility)
{
    /// <summary>Who the strongest attacker is: attacker and network; empty where unmeasured.</summary>
    public string Attack { get; init; } = "";

    /// <summary>Whether no attacker is measurably better than guessing, with enough people to say so (<see cref="Privacy.HidingVerdict.AtChance"/>).</summary>
    public bool IsAtChance { get; init; }

    /// <summary>Why a measurement is missing; empty where none is.</summary>
    public string Missing { get; init; } = "";

    /// <summary>True where both axes are measured.</summary>
    public bool IsComplete => Reidentification is not null && Utility is not null;
}
