namespace Veil.Studio.Projects;

/// <summary>Whether a run moves.</summary>
internal enum RunState
{
    /// <summary>Others are before it.</summary>
    Waiting,

    /// <summary>It works.</summary>
    Running,

    /// <summary>The user stopped it for a while.</summary>
    Paused,
}
