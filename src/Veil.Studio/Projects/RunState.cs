namespace Veil.Studio.Projects;

/// <summary>Whether a run moves.</summary>
internal enum RunState
{
    /// <summary>Others are before it.</summary>
    Waiting,

    /// <summary>It works.</summary>
    Running,

    /// <summary>The user stopped it; what is under way comes to rest.</summary>
    Pausing,

    /// <summary>The user stopped it for a while, and nothing of it moves.</summary>
    Paused,
}
