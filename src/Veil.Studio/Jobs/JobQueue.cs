using System.Runtime.CompilerServices;
using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>The queue as those see it who send jobs: each sees their own alone. Thread-safe.</summary>
internal sealed class JobQueue
{
    private readonly JobQueueOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Opens the queue.</summary>
    /// <param name="store">Keeps what is known of jobs; belongs to the caller.</param>
    /// <param name="folders">Where originals and results are.</param>
    /// <param name="options">How long what is kept.</param>
    /// <param name="time">The clock for waiting.</param>
    public JobQueue(IJobStore store, JobFolders folders, JobQueueOptions options, TimeProvider time)
    {
        options.Validate();
        (Store, Folders, _options, _time) = (store, folders, options, time);
    }

    /// <summary>Keeps what is known of jobs.</summary>
    public IJobStore Store { get; }

    /// <summary>Where originals and results are.</summary>
    public JobFolders Folders { get; }

    /// <summary>How long files are kept of a job that nobody knows any more: as long as anything of one that is known.</summary>
    public TimeSpan KeepUnknown => _options.KeepOriginals + _options.KeepResults;

    /// <summary>Begins to put a job together.</summary>
    /// <param name="owner">Id of the API key.</param>
    /// <param name="id">The id that the job is to have; null for a new one.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.StorageFull"/>, <see cref="VeilErrorCode.StoreUnavailable"/>.</exception>
    public JobDraft Draft(string owner, JobId? id = null) => new(owner, id ?? JobId.New(), Store, Folders, _options);

    /// <summary>Looks up a job; null when there is none of this owner.</summary>
    public Task<Job?> FindAsync(string owner, JobId id, CancellationToken cancellationToken) => Store.FindAsync(id, owner, cancellationToken);

    /// <summary>Lists an owner's jobs, newest first.</summary>
    public Task<IReadOnlyList<Job>> ListAsync(JobQuery query, CancellationToken cancellationToken) => Store.ListAsync(query, cancellationToken);

    /// <summary>How many jobs wait and run: an owner's, or with null all.</summary>
    public Task<JobCounts> CountAsync(string? owner, CancellationToken cancellationToken) => Store.CountAsync(owner, cancellationToken);

    /// <summary>Where a job's results are; null as long as it is not done.</summary>
    public string? Results(Job job) => job is { State: JobState.Done, RemovalAsked: null } ? Folders.Output(job.Id) : null;

    /// <summary>Asks for a job to stop. One that somebody works on, wherever, ends a moment later; one that has ended stays as it is.</summary>
    /// <returns>The job as it is now; null when there is none of this owner.</returns>
    public async Task<Job?> CancelAsync(string owner, JobId id, CancellationToken cancellationToken)
    {
        var job = await Store.ChangeAsync(id, (job, now) => job.Owner == owner ? job.AskToStop(JobStop.Cancelled, now) : null, cancellationToken);
        if (job is { HasEnded: true, InputsDeleted: null })
        {
            await JobCleaning.CleanAsync(Store, Folders, job, cancellationToken);
        }

        return job;
    }

    /// <summary>Deletes everything of a job, which stops it first.</summary>
    public async Task<JobRemoval> DeleteAsync(string owner, JobId id, CancellationToken cancellationToken)
    {
        var job = await Store.ChangeAsync(id, (job, now) => job.Owner == owner ? job.AskToRemove(now) : null, cancellationToken);
        if (job is null)
        {
            return JobRemoval.NotFound;
        }

        if (!job.HasEnded)
        {
            return JobRemoval.Stopping;
        }

        await JobCleaning.CleanAsync(Store, Folders, job, cancellationToken);
        return JobRemoval.Deleted;
    }

    /// <summary>
    /// Follows a job, wherever it runs: how it is now, each change, and how it ended. Ends when the job has ended. While the store
    /// cannot be reached it waits.
    /// </summary>
    /// <param name="owner">Id of the API key.</param>
    /// <param name="id">The job; where this owner has none, nothing comes.</param>
    /// <param name="after">Id of the last event that was seen; 0 for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<JobEvent> WatchAsync(string owner, JobId id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var changes = Store.Signals.For(id);
        Job? last = null;
        while (true)
        {
            var (reached, job) = await TryFindAsync(owner, id, cancellationToken);
            if (reached && job is null)
            {
                if (last is not null)
                {
                    yield return new JobEvent(after + 1, JobEventKind.Deleted, last);
                }

                yield break;
            }

            if (job is not null)
            {
                last = job;
                if (job.Revision > after)
                {
                    after = job.Revision;
                    yield return new JobEvent(after, job.HasEnded ? JobEventKind.Ended : JobEventKind.Changed, job);
                }

                if (job.HasEnded)
                {
                    yield break;
                }
            }

            await changes.WaitAsync(_options.Poll, _time, cancellationToken);
        }
    }

    /// <summary>Tries whether jobs can be accepted.</summary>
    public async Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) =>
        await Folders.CheckAsync() is { IsReady: false } notReady ? notReady : await Store.CheckAsync(cancellationToken);

    private async Task<(bool Reached, Job? Job)> TryFindAsync(string owner, JobId id, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await Store.FindAsync(id, owner, cancellationToken));
        }
        catch (VeilException error) when (error.Code is VeilErrorCode.StoreUnavailable or VeilErrorCode.StorageFull)
        {
            // The job goes on without the store; so does whoever watches it.
            return (false, null);
        }
    }
}
