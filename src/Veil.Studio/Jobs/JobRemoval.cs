namespace Veil.Studio.Jobs;

/// <summary>What became of the wish to delete a job.</summary>
internal enum JobRemoval
{
    /// <summary>There is no such job, or it is another's.</summary>
    NotFound,

    /// <summary>Everything of it is gone.</summary>
    Deleted,

    /// <summary>Somebody works on it: it is being stopped, and deleted then.</summary>
    Stopping,
}
