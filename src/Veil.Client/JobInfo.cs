namespace Veil.Client;

/// <summary>Where a job is on its way.</summary>
public enum JobState
{
    /// <summary>Accepted; nobody works on it.</summary>
    Queued,

    /// <summary>It is being worked on.</summary>
    Running,

    /// <summary>Done; its results can be downloaded.</summary>
    Done,

    /// <summary>It ended without results; <see cref="JobInfo.Error"/> says why.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}

/// <summary>A job as the server tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it is on its way.</param>
/// <param name="Created">When it was accepted.</param>
/// <param name="Started">When work on it began, the last time.</param>
/// <param name="Finished">When it ended.</param>
/// <param name="Attempts">How often work on it was begun.</param>
/// <param name="Inputs">What it works on.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Error">Why it failed; null otherwise.</param>
/// <param name="ResultsDeletedBy">When its results are deleted; null until it has ended.</param>
public sealed record JobInfo(
    string Id, JobState State, DateTimeOffset Created, DateTimeOffset? Started, DateTimeOffset? Finished, int Attempts, IReadOnlyList<JobInputInfo> Inputs, JobProgressInfo Progress, JobErrorInfo? Error,
    DateTimeOffset? ResultsDeletedBy)
{
    /// <summary>True once nothing more happens to it.</summary>
    public bool HasEnded => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}

/// <summary>A picture or film of a job, or a folder on the server.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Name">As it was sent.</param>
/// <param name="Bytes">Its size; 0 for a folder.</param>
public sealed record JobInputInfo(int Number, string Name, long Bytes);

/// <summary>How far a job is.</summary>
/// <param name="Items">Pictures and films in all; 0 while nobody has counted.</param>
/// <param name="ItemsDone">Those that have ended.</param>
/// <param name="ItemsFailed">Those that failed.</param>
/// <param name="Frame">Frames of the present film that are done.</param>
/// <param name="Frames">Frames of it in all; null where nobody knows.</param>
/// <param name="Rate">Items a second; null while too few are done to say.</param>
public sealed record JobProgressInfo(int Items, int ItemsDone, int ItemsFailed, long Frame, long? Frames, double? Rate);

/// <summary>Why a job failed.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What was expected and what came.</param>
/// <param name="Hint">What to do; may be empty.</param>
public sealed record JobErrorInfo(string Code, string Message, string Hint);

/// <summary>A page of jobs.</summary>
/// <param name="Jobs">The newest first.</param>
/// <param name="Next">For the next page; null on the last.</param>
public sealed record JobPage(IReadOnlyList<JobInfo> Jobs, string? Next);
