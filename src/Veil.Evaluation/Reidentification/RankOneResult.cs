namespace Veil.Evaluation.Reidentification;

/// <summary>How often the nearest gallery picture showed the probe's person.</summary>
/// <param name="Rate">Share of probes found, 0..1; among equally near pictures a hit counts in parts.</param>
/// <param name="StandardError">Of the rate, over people: draws share people, so probes are not independent.</param>
/// <param name="Chance">Expected rate of a guess: one in the number of people in a draw.</param>
/// <param name="Probes">Probes in all draws together.</param>
/// <param name="People">Different people they came from.</param>
public readonly record struct RankOneResult(double Rate, double StandardError, double Chance, int Probes, int People)
{
    /// <summary>The rate as a multiple of chance; 1 is what guessing gives.</summary>
    public double TimesChance => Rate / Chance;

    /// <summary>Half the width of the rate's 95 % confidence interval.</summary>
    public double Margin => 1.96 * StandardError;
}
