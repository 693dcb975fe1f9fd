using Veil.Detection;

namespace Veil.Evaluation.Privacy;

/// <summary>A face detector that looks at treated pictures.</summary>
/// <param name="Id">Short, unique.</param>
/// <param name="Create">Makes one for a worker.</param>
public sealed record ProbeDetector(string Id, Func<IRegionDetector> Create)
{
    /// <summary>Hashes of its models: with the id the key of what was measured with it. Empty where it has none.</summary>
    public string Identity { get; init; } = "";
}
