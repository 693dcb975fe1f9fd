namespace Veil.Detection;

/// <summary>
/// Brings the scores of different models to one scale, on which 0.5 stands for about one false positive per picture of
/// WIDER FACE: piecewise linear through (0, 0), (pivot, 0.5) and (1, 1). So one threshold means the same for every
/// detector, and united detectors can be compared.
/// </summary>
/// <param name="Pivot">The model's own score with one false positive per picture, above 0 and below 1.</param>
public readonly record struct ScoreScale(float Pivot)
{
    /// <summary>From the model's score to the common one.</summary>
    public float ToCommon(float score) => score < Pivot ? 0.5f * score / Pivot : 0.5f + (0.5f * (score - Pivot) / (1 - Pivot));

    /// <summary>From the common score to the model's.</summary>
    public float FromCommon(float score) => score < 0.5f ? 2 * score * Pivot : Pivot + (2 * (score - 0.5f) * (1 - Pivot));
}
