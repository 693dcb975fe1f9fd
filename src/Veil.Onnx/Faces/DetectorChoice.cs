using Veil.Detection;

namespace Veil.Onnx.Faces;

/// <summary>Which detector runs, and why: said in the run report.</summary>
/// <param name="Detector">The detector.</param>
/// <param name="Reason">Why this one.</param>
/// <param name="Hint">What would be better and how to get it; null when this is the best.</param>
public sealed record DetectorChoice(DetectorDescriptor Detector, string Reason, string? Hint)
{
    /// <summary>What looks at moving pictures in its stead; null where it does so itself.</summary>
    public DetectorChoice? Films { get; init; }
}
