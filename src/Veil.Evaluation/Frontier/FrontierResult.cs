using Veil.Evaluation.Privacy;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Frontier;

/// <summary>Treatments on the plane of privacy and utility, and what to make of it. Immutable.</summary>
/// <param name="Points">In the order named, the original first.</param>
/// <param name="Front">Those that no other beats, from private to useful.</param>
/// <param name="Advice">Which one to take.</param>
/// <param name="Chance">What guessing gives in the identification, 0..1.</param>
/// <param name="Warnings">Why the figures are not to be believed; empty where they are.</param>
public sealed record FrontierResult(
    IReadOnlyList<FrontierPoint> Points, IReadOnlyList<FrontierPoint> Front, Recommendation Advice, double Chance, IReadOnlyList<string> Warnings)
{
    /// <summary>Joins both measurements.</summary>
    /// <param name="treatments">What was compared, in order.</param>
    /// <param name="privacy">Measured on faces.</param>
    /// <param name="utility">Measured on a dataset.</param>
    /// <param name="target">What is asked for. When a network failed its check, nothing is recommended.</param>
    public static FrontierResult Join(IReadOnlyList<Treatment> treatments, PrivacyResult privacy, FrontierUtility utility, FrontierTarget target)
    {
        ArgumentNullException.ThrowIfNull(treatments);
        ArgumentNullException.ThrowIfNull(privacy);
        ArgumentNullException.ThrowIfNull(utility);
        ArgumentNullException.ThrowIfNull(target);
        var measured = privacy.Treatments.ToDictionary(one => one.Treatment.Name, StringComparer.Ordinal);
        var reasons = privacy.NotMeasured.ToDictionary(one => one.Treatment.Name, one => one.Reason, StringComparer.Ordinal);
        var points = treatments.Select(treatment => Point(treatment, measured.GetValueOrDefault(treatment.Name), reasons.GetValueOrDefault(treatment.Name), utility)).ToList();
        return new FrontierResult(
            points, ParetoFront.Of(points), Recommendation.For(privacy.IsSane ? points : [], target), privacy.Chance,
            [.. PrivacyReport.Warnings(privacy), .. TooFewPeople(privacy.Chance, target)]);
    }

    private static FrontierPoint Point(Treatment treatment, TreatmentPrivacy? privacy, string? reason, FrontierUtility utility)
    {
        var (share, missing) = utility.ByTreatment.TryGetValue(treatment.Name, out var known) ? known : (null, "not measured");
        var strongest = privacy?.Strongest;
        return new FrontierPoint(treatment, privacy is null ? null : Bounded(privacy), share)
        {
            Attack = strongest is null ? "" : $"{strongest.Attacker} {strongest.Network}".TrimEnd(),
            IsAtChance = privacy?.Verdict == HidingVerdict.AtChance,
            Missing = string.Join("; ", new[] { strongest is null ? "privacy: " + (reason ?? "not measured") : null, share is null ? "utility: " + missing : null }.OfType<string>()),
        };
    }

    /// <summary>The strongest attacker's share; no attacker's interval reaches beyond the upper end.</summary>
    private static MeasuredShare Bounded(TreatmentPrivacy privacy) => new(
        privacy.Strongest.RankOne, Math.Max(0, privacy.Strongest.RankOne - privacy.Strongest.RankOneMargin),
        Math.Min(1, privacy.Attacks.Max(attack => attack.RankOne + attack.RankOneMargin)));

    /// <summary>Guessing itself names one in so many people: a lower limit cannot be shown with them.</summary>
    private static IEnumerable<string> TooFewPeople(double chance, FrontierTarget target)
    {
        if (target.MaxReidentification is { } most && most <= chance)
        {
            yield return most > 0
                ? $"Guessing among these people names {NumberWords.FineShare(chance)} of them rightly, so that no method can be shown to keep re-identification at {NumberWords.FineShare(most)} or below: that takes more than {Math.Ceiling(1 / most):F0} people with two pictures each."
                : "Guessing names somebody rightly now and then: no method can be shown to keep re-identification at 0.";
        }
    }
}
