using System.Globalization;
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
    /// <summary>What the figures are of.</summary>
    public FrontierCoverage Coverage { get; private init; } = FrontierCoverage.AsRuns;

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
            [.. PrivacyReport.Warnings(privacy), .. TooFewPeople(privacy, target)])
        {
            Coverage = new FrontierCoverage(privacy.Layout, utility.Covered, utility.Asked),
        };
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

    /// <summary>Guessing itself names one in so many people, and its interval reaches up to twice that: a lower limit can hardly be shown with them.</summary>
    private static IEnumerable<string> TooFewPeople(PrivacyResult privacy, FrontierTarget target)
    {
        if (target.MaxReidentification is not { } most || (most > 0 && PrivacySettings.PeopleToShow(most) <= privacy.DrawnPeople))
        {
            yield break;
        }

        if (most <= 0)
        {
            yield return "Guessing names somebody rightly now and then: no method can be shown to keep re-identification at 0.";
            yield break;
        }

        var takes = string.Create(CultureInfo.InvariantCulture, $"It takes about {PrivacySettings.PeopleToShow(most):N0} people with two pictures each, and FACES has {privacy.People:N0}.");
        yield return most <= privacy.Chance
            ? $"Guessing among {privacy.DrawnPeople} people names {NumberWords.FineShare(privacy.Chance)} of them rightly, so that no method can be shown to keep re-identification at {NumberWords.FineShare(most)} or below. {takes}"
            : $"Guessing among {privacy.DrawnPeople} people names {NumberWords.FineShare(privacy.Chance)} of them rightly, and intervals may reach up to twice that: a method that hides everything may fail to be shown to keep re-identification at {NumberWords.FineShare(most)}. {takes}";
    }
}
