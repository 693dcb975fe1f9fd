namespace Veil.Evaluation.Detection;

/// <summary>How far a measurement is.</summary>
/// <param name="Done">Pictures done.</param>
/// <param name="Total">Pictures in all.</param>
public readonly record struct EvaluationProgress(int Done, int Total);
