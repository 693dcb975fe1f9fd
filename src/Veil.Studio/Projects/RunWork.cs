namespace Veil.Studio.Projects;

/// <summary>What a run does.</summary>
internal enum RunWork
{
    /// <summary>Finds regions.</summary>
    Finding,

    /// <summary>Writes results.</summary>
    Exporting,
}
