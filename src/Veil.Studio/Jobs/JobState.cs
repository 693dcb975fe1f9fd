namespace Veil.Studio.Jobs;

/// <summary>Where a job is on its way. Stores keep the numbers: values are only ever added.</summary>
internal enum JobState
{
    /// <summary>Accepted; nobody works on it.</summary>
    Queued = 0,

    /// <summary>A runner works on it, or worked on it until its lease lapsed.</summary>
    Running = 1,

    /// <summary>Done; its results can be fetched.</summary>
    Done = 2,

    /// <summary>It ended without results; <see cref="Job.Error"/> says why.</summary>
    Failed = 3,

    /// <summary>It was stopped because its owner asked for it.</summary>
    Cancelled = 4,
}
