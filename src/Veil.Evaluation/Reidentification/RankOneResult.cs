using Veil.Evaluation.Statistics;

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

    /// <summary>
    /// Half the width of the rate's 95 % confidence interval: Student's, with one degree of freedom less than people. Where nobody was
    /// found nothing scatters, and it is what as many failures leave open: three in as many people (Hanley and Lippman-Hand, If
    /// Nothing Goes Wrong, Is Everything All Right?, JAMA 249, 1983).
    /// </summary>
    public double Margin => Rate > 0 ? StudentT.TwoSidedQuantile(People - 1) * StandardError : Math.Min(1, NothingFound / People);

    private const double NothingFound = 3;
}
