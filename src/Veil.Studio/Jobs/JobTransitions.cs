using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>
/// The steps of a job. Each is given the newest version and the store's time and returns the next version, the same one when
/// nothing has to change, or null when the step may not be taken: what runners do needs the newest lease.
/// </summary>
internal static class JobTransitions
{
    /// <summary>True when a runner may take the job: nobody works on it, or whoever did has not been heard of for too long.</summary>
    public static bool IsFree(this Job job, DateTimeOffset now) =>
        job.State == JobState.Queued || (job.State == JobState.Running && job.Lease?.Until <= now);

    /// <summary>
    /// Gives a free job to a runner, or ends it when it must not be begun again. Where only the results have to be put in their place
    /// it counts as no attempt.
    /// </summary>
    public static Job? Claim(this Job job, ClaimTerms terms, DateTimeOffset now)
    {
        if (!job.IsFree(now))
        {
            return null;
        }

        var number = job.Leases + 1;
        var leased = job with { State = JobState.Running, Lease = new JobLease(number, terms.Holder, now + terms.Lease), Leases = number };
        return job switch
        {
            { Publishing: not null } => leased,
            { Stop: not null } => job.Stopped(now),
            _ when job.Attempts >= terms.MaxAttempts => job.Ended(JobState.Failed, now, new JobError(
                VeilErrorCode.WorkerCrashed,
                $"Work on this job was begun {job.Attempts} times, and each time the program that did it ended before the job was done.",
                "One of its files probably makes the program crash or run out of memory. Send them one by one to find out which.")),
            _ => leased with { Attempts = job.Attempts + 1, Started = now, Progress = JobProgress.None },
        };
    }

    /// <summary>Renews a lease, and reports. One that lapsed can be renewed as long as nobody else has taken the job.</summary>
    public static Job? Renew(this Job job, long lease, TimeSpan length, JobProgress progress, DateTimeOffset now) =>
        job.IsHeldBy(lease) ? job with { Lease = job.Lease! with { Until = now + length }, Progress = progress } : null;

    /// <summary>Settles that the results of a lease are the job's; a job that is to stop is returned as it is.</summary>
    public static Job? Settle(this Job job, long lease) =>
        !job.IsHeldBy(lease) ? null : job.Publishing is not null || job.Stop is not null ? job : job with { Publishing = lease };

    /// <summary>Ends a job as done; its results are in their place.</summary>
    public static Job? Finish(this Job job, long lease, DateTimeOffset now) =>
        job.IsHeldBy(lease) && job.Publishing is not null ? job.Ended(JobState.Done, now) : null;

    /// <summary>Ends a job as failed.</summary>
    public static Job? Fail(this Job job, long lease, JobError error, DateTimeOffset now) =>
        job.IsHeldBy(lease) ? job.Ended(JobState.Failed, now, error) : null;

    /// <summary>Ends a job that was to stop.</summary>
    public static Job? Stopped(this Job job, long lease, DateTimeOffset now) =>
        job.IsHeldBy(lease) && job is { Publishing: null, Stop: not null } ? job.Stopped(now) : null;

    /// <summary>Puts a job back into the queue, as if it had not been begun.</summary>
    public static Job? Release(this Job job, long lease) => !job.IsHeldBy(lease) ? null : job with
    {
        State = JobState.Queued,
        Lease = null,
        Attempts = job.Publishing is null ? job.Attempts - 1 : job.Attempts,
        Progress = job.Publishing is null ? JobProgress.None : job.Progress,
    };

    /// <summary>Asks for a job to stop; one that nobody works on ends at once. Too late once it is settled what its results are.</summary>
    public static Job AskToStop(this Job job, JobStop cause, DateTimeOffset now) =>
        job.HasEnded || job.Publishing is not null || job.Stop is not null ? job
        : job.IsFree(now) ? (job with { Stop = cause }).Stopped(now)
        : job with { Stop = cause };

    /// <summary>Asks for everything of a job to be deleted, which stops it first.</summary>
    public static Job AskToRemove(this Job job, DateTimeOffset now) =>
        job.RemovalAsked is not null ? job : job.AskToStop(JobStop.Cancelled, now) with { RemovalAsked = now };

    /// <summary>Notes that the originals are gone.</summary>
    public static Job InputsGone(this Job job, DateTimeOffset now) => job.InputsDeleted is not null ? job : job with { InputsDeleted = now };

    private static bool IsHeldBy(this Job job, long lease) => job.State == JobState.Running && job.Lease?.Number == lease;

    private static Job Stopped(this Job job, DateTimeOffset now) => job.Stop switch
    {
        JobStop.Expired => job.Ended(JobState.Failed, now, new JobError(
            VeilErrorCode.TimedOut, "The job did not end within the time for which this server keeps originals.", "Send fewer or shorter files in one job, or try when the server has less to do.")),
        _ => job.Ended(JobState.Cancelled, now),
    };

    private static Job Ended(this Job job, JobState state, DateTimeOffset now, JobError? error = null) =>
        job with { State = state, Finished = now, Error = error, Lease = null };
}
