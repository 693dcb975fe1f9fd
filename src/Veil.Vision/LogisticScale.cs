namespace Veil.Vision;

/// <summary>
/// Brings scores without bounds to the scale that all detectors share, on which 0.5 stands for about one false positive per
/// picture of WIDER FACE: 1 / (1 + exp(−(score − pivot) / spread)), which keeps their order.
/// </summary>
/// <param name="Pivot">The detector's own score with about one false positive per picture.</param>
/// <param name="Spread">Above 0: how much more the own score is at 0.73 than at 0.5.</param>
internal readonly record struct LogisticScale(float Pivot, float Spread)
{
    /// <summary>From the detector's score to the common one; within 0..1.</summary>
    public float ToCommon(float score) => 1 / (1 + MathF.Exp((Pivot - score) / Spread));

    /// <summary>From the common score to the detector's; 0 and 1 have none, so the nearest that a score of four digits has.</summary>
    public float FromCommon(float score)
    {
        var within = Math.Clamp(score, 1e-4f, 1 - 1e-4f);
        return Pivot + (Spread * MathF.Log(within / (1 - within)));
    }
}
