using System.Globalization;

namespace Veil.Anonymization;

/// <summary>
/// What the strongest of the attackers measured made of faces hidden at one strength: how often the right one out of 272 people
/// came first (chance .004, untouched faces .985). Some treat their archive alike, some undo the filter first. docs/results.md has
/// the figures and the command.
/// </summary>
/// <param name="Strength">Strength as a fraction of the face's longer side.</param>
/// <param name="Rank1">Share of faces recognized, 0..1.</param>
internal readonly record struct MeasuredStrength(float Strength, float Rank1)
{
    /// <summary>About five times chance: above it a warning is due.</summary>
    private const float Tolerable = 0.02f;

    /// <summary>Strengths in pixels are judged on a face of this size; larger ones are hidden less.</summary>
    private const float TypicalSide = 256;

    private const string Hint = "Choose a method that leaves nothing to undo and nothing to compare: veil, solid, emoji.";

    /// <summary>
    /// A warning when faces are recognized too often at a strength. Between two measured strengths the weaker one counts.
    /// </summary>
    /// <param name="what">The setting, e.g. <c>Gaussian sigma</c>.</param>
    /// <param name="chosen">Its value; more is stronger.</param>
    /// <param name="measured">From weak to strong; at least one.</param>
    public static MethodWarning? Assess(string what, Length chosen, ReadOnlySpan<MeasuredStrength> measured)
    {
        var strength = chosen.Resolve(TypicalSide) / TypicalSide;
        var known = measured[0];
        foreach (var point in measured)
        {
            known = point.Strength <= strength + 1e-4f ? point : known;
        }

        var place = chosen.Unit == LengthUnit.Pixels ? $" (on a face of {TypicalSide:0} pixels; larger ones are hidden less)" : "";
        if (strength < known.Strength - 1e-4f)
        {
            return new MethodWarning(
                Invariant($"{what} {chosen} hides badly{place}: even at {Share(known.Strength)} of the face {Figure(known.Rank1)}."), Hint);
        }

        return known.Rank1 > Tolerable
            ? new MethodWarning(Invariant($"{what} {chosen} hides badly{place}: at {Share(known.Strength)} of the face {Figure(known.Rank1)}."), Hint)
            : null;
    }

    /// <summary>A warning for a method that hides badly at any strength.</summary>
    /// <param name="what">The method and the strength measured.</param>
    /// <param name="rank1">Share of faces recognized, 0..1.</param>
    public static MethodWarning Always(string what, float rank1) => new($"{what}: {Figure(rank1)}.", Hint);

    private static string Figure(float rank1) => Invariant($"the strongest attacker measured named the right person in {Share(rank1)} of cases (chance .004, originals .985)");

    private static string Share(float value) => value.ToString("#.###", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
