namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>The layers of a worker's sandbox.</summary>
[Flags]
public enum SandboxLayers
{
    /// <summary>Nothing is kept out.</summary>
    None = 0,

    /// <summary>Landlock: files and programs that were not named cannot be opened, changed or started.</summary>
    Files = 1,

    /// <summary>Landlock, version 6: no signals to processes outside.</summary>
    Signals = 2,

    /// <summary>seccomp: no connections, and none of the system calls that no work on pictures needs.</summary>
    SystemCalls = 4,

    /// <summary>All of them.</summary>
    All = Files | Signals | SystemCalls,
}
