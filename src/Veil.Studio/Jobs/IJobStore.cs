using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>
/// Keeps what is known of jobs, for any number of processes at once. What it has returned from is durable. Every method throws a
/// <see cref="VeilException"/> with <see cref="VeilErrorCode.StoreUnavailable"/> or <see cref="VeilErrorCode.StorageFull"/> while
/// it cannot do its work; what it kept before is not lost by that. Thread-safe.
/// </summary>
internal interface IJobStore : IAsyncDisposable
{
    /// <summary>Who waits for changes; told of those by this process at once, of others' where the store hears of them.</summary>
    JobSignals Signals { get; }

    /// <summary>The time by which leases are judged.</summary>
    Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken);

    /// <summary>Adds a job. Adding the same one again does nothing.</summary>
    Task AddAsync(Job job, CancellationToken cancellationToken);

    /// <summary>Looks a job up, whoever owns it: for those who work on it.</summary>
    Task<Job?> ReadAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Looks a job up for its owner; null for those of others, too.</summary>
    Task<Job?> FindAsync(JobId id, string owner, CancellationToken cancellationToken);

    /// <summary>Lists an owner's jobs, newest first.</summary>
    Task<IReadOnlyList<Job>> ListAsync(JobQuery query, CancellationToken cancellationToken);

    /// <summary>How many jobs wait and run.</summary>
    /// <param name="owner">Only this one's; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<JobCounts> CountAsync(string? owner, CancellationToken cancellationToken);

    /// <summary>Changes a job in one step, with nobody in between.</summary>
    /// <param name="id">Which.</param>
    /// <param name="change">
    /// Given the job and the store's time, makes the next version of it, null to refuse, or returns it as it is. May be called more than once.
    /// The revision is the store's business.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The job as it is now; null when there is none, or the change was refused.</returns>
    Task<Job?> ChangeAsync(JobId id, Func<Job, DateTimeOffset, Job?> change, CancellationToken cancellationToken);

    /// <summary>Takes the oldest job that nobody works on; ends those on the way that must not be tried again.</summary>
    /// <returns>A running job with a lease; null when there is nothing to do.</returns>
    Task<Job?> ClaimAsync(ClaimTerms terms, CancellationToken cancellationToken);

    /// <summary>Lists some of the jobs whose <see cref="Job.Due"/> has come.</summary>
    Task<IReadOnlyList<Job>> DueAsync(CancellationToken cancellationToken);

    /// <summary>Forgets a job; does nothing where there is none.</summary>
    Task DeleteAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Tries whether the store can be read and written.</summary>
    Task<StoreHealth> CheckAsync(CancellationToken cancellationToken);
}
