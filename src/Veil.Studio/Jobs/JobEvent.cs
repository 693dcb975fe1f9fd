namespace Veil.Studio.Jobs;

/// <summary>What an event tells.</summary>
internal enum JobEventKind
{
    /// <summary>The job has changed; more may follow.</summary>
    Changed,

    /// <summary>The job has ended; nothing follows.</summary>
    Ended,

    /// <summary>The job is gone; nothing follows.</summary>
    Deleted,
}

/// <summary>Tells how a job is now. Changes that follow each other quickly may come as one.</summary>
/// <param name="Id">Grows from event to event; who was cut off asks for those after the last they saw.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Job">The job; as it was last seen when it is gone.</param>
internal sealed record JobEvent(long Id, JobEventKind Kind, Job Job);
