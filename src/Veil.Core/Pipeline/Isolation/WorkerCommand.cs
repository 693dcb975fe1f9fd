using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Pipeline.Isolation;

/// <summary>How a worker process is started.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="OptionsHash">What the worker must answer for its options: one that would work otherwise than the run is not used.</param>
public sealed record WorkerCommand(string FileName, IReadOnlyList<string> Arguments, string OptionsHash)
{
    /// <summary>All that its environment holds; null for a copy of this process's.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>What it is kept in; null for nothing.</summary>
    public WorkerSandbox? Sandbox { get; init; }
}
