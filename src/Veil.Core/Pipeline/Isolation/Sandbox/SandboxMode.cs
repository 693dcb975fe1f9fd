namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>Whether worker processes are kept in a sandbox.</summary>
public enum SandboxMode
{
    /// <summary>In as many layers as the system's kernel has.</summary>
    Auto,

    /// <summary>In all of them; where one is missing, nothing is started.</summary>
    Required,

    /// <summary>In none.</summary>
    None,
}
