using Veil.Detection;

namespace Veil.Evaluation.Privacy;

/// <summary>A face detector that looks at treated pictures.</summary>
/// <param name="Id">Short, unique; a key of what was measured.</param>
/// <param name="Create">Makes one for a worker.</param>
public sealed record ProbeDetector(string Id, Func<IRegionDetector> Create);
