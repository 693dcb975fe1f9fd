namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>
/// What workers are kept in. Each has a room of its own: inputs are linked into it and results are fetched from it, so that it sees no
/// other's. Only what lies in the folders named here is worked on where it lies.
/// </summary>
/// <param name="Layers">The layers that are to hold; a worker that is not held by all of them gets nothing to do.</param>
/// <param name="Rooms">A folder for their rooms, for its owner alone, on the file system of inputs and outputs if possible.</param>
public sealed record WorkerSandbox(SandboxLayers Layers, string Rooms)
{
    /// <summary>Full paths of folders and files that every worker may read.</summary>
    public IReadOnlyList<string> Readable { get; init; } = [];

    /// <summary>What becomes of a file that is there when a result is brought to its place.</summary>
    public OverwritePolicy Existing { get; init; } = OverwritePolicy.Refuse;

    /// <summary>Full paths of folders that every worker may read and write in.</summary>
    public IReadOnlyList<string> Writable { get; init; } = [];
}
