namespace Veil.Pipeline.Isolation;

/// <summary>What a worker process may take for one item.</summary>
/// <param name="Time">Longest time per item, or per frame of a film; null for no limit.</param>
/// <param name="Memory">Most resident memory of the process in bytes; null for no limit.</param>
public sealed record WorkerLimits(TimeSpan? Time, long? Memory);
