using Veil.Errors;

namespace Veil.Studio.Jobs.Files;

/// <summary>
/// Keeps jobs in a folder, for the processes of one machine, whose clock they share. Every change is one file that takes the place
/// of another, on the disk before anybody is told; a lock keeps changes apart.
/// </summary>
internal sealed class FileJobStore : IJobStore
{
    private const string Version = "1";
    private readonly TimeProvider _time;
    private readonly JobRecords _records;
    private readonly QueueLock _lock;

    private FileJobStore(JobRecords records, QueueLock held, TimeProvider time) => (_records, _lock, _time) = (records, held, time);

    /// <summary>Opens a store, or makes it.</summary>
    /// <param name="folder">Full path of its folder.</param>
    /// <param name="time">The clock by which leases are judged.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.UnsafeFolder"/>: others can look into it. <see cref="VeilErrorCode.StoreUnavailable"/>: it cannot be used,
    /// or a later Veil made it. <see cref="VeilErrorCode.StorageFull"/>.
    /// </exception>
    public static async Task<FileJobStore> OpenAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            PrivateFolder.Open(folder);
            var records = new JobRecords(folder);
            var store = new FileJobStore(records, new QueueLock(Path.Combine(folder, "lock")), time);
            await store._lock.RunAsync(() => CheckVersion(Path.Combine(folder, "version"), records), cancellationToken);
            return store;
        }
        catch (Exception error) when (StorageErrors.IsStorage(error))
        {
            throw StorageErrors.Translate(error);
        }
    }

    /// <inheritdoc/>
    public JobSignals Signals { get; } = new();

    /// <inheritdoc/>
    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => Task.FromResult(_time.GetUtcNow());

    /// <inheritdoc/>
    public async Task AddAsync(Job job, CancellationToken cancellationToken)
    {
        await _lock.RunAsync(
            () =>
            {
                if (_records.Read(job.Id) is null)
                {
                    _records.Write(job);
                }

                return true;
            },
            cancellationToken);
        Signals.Changed(job.Id, job.State);
    }

    /// <inheritdoc/>
    public Task<Job?> ReadAsync(JobId id, CancellationToken cancellationToken) => ReadingAsync(() => _records.Read(id), cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> FindAsync(JobId id, string owner, CancellationToken cancellationToken) =>
        ReadingAsync(() => _records.Read(id) is { } job && job.Owner == owner ? job : null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> ListAsync(JobQuery query, CancellationToken cancellationToken) => ReadingAsync<IReadOnlyList<Job>>(
        () =>
        {
            var newest = _records.All().Where(job => job.Owner == query.Owner)
                .OrderByDescending(job => job.Created).ThenByDescending(job => job.Id.ToString(), StringComparer.Ordinal).ToList();
            var first = query.After is { } after ? newest.FindIndex(job => job.Id == after) + 1 : 0;

            // Read after the index was made: what has changed since is left out.
            return query.After is not null && first == 0 ? [] : [.. newest.Skip(first)
                .Where(job => query.State is null || job.State == query.State)
                .Select(job => _records.Read(job.Id)).OfType<Job>()
                .Where(job => query.State is null || job.State == query.State)
                .Take(query.Limit)];
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<JobCounts> CountAsync(string? owner, CancellationToken cancellationToken) => ReadingAsync(
        () =>
        {
            var states = _records.ReadOpen().Where(job => owner is null || job.Owner == owner).Select(job => job.State).ToList();
            return new JobCounts(states.Count(state => state == JobState.Queued), states.Count(state => state == JobState.Running));
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<Job?> ChangeAsync(JobId id, Func<Job, DateTimeOffset, Job?> change, CancellationToken cancellationToken)
    {
        var job = await _lock.RunAsync(() => _records.Read(id) is { } old ? Replace(old, change(old, _time.GetUtcNow())) : null, cancellationToken);
        Tell(job);
        return job;
    }

    /// <inheritdoc/>
    public async Task<Job?> ClaimAsync(ClaimTerms terms, CancellationToken cancellationToken)
    {
        var changed = await _lock.RunAsync(() => Claim(terms), cancellationToken);
        changed.ForEach(Tell);
        return changed is [.., { HasEnded: false } claimed] ? claimed : null;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> DueAsync(CancellationToken cancellationToken) => ReadingAsync<IReadOnlyList<Job>>(
        () =>
        {
            var now = _time.GetUtcNow();
            return [.. _records.All().Where(job => job.Due <= now).Select(job => _records.Read(job.Id)).OfType<Job>().Where(job => job.Due <= now)];
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteAsync(JobId id, CancellationToken cancellationToken)
    {
        await _lock.RunAsync(
            () =>
            {
                _records.Delete(id);
                return true;
            },
            cancellationToken);
        Signals.Changed(id, JobState.Done);
    }

    /// <inheritdoc/>
    public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) => StoreHealth.OfAsync(() => _lock.RunAsync(() => true, cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _lock.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool CheckVersion(string path, JobRecords records)
    {
        if (!File.Exists(path))
        {
            using var file = PrivateFolder.CreateFile(path);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Version));
            file.Flush(flushToDisk: true);
        }
        else if (File.ReadAllText(path) is var found && found != Version && found.Length > 0)
        {
            throw new VeilException(VeilErrorCode.StoreUnavailable, $"Expected a job queue of version {Version}, but found version '{found}'.", "Use the Veil that made it, or another folder.");
        }

        records.Tidy();
        return true;
    }

    private List<Job> Claim(ClaimTerms terms)
    {
        var changed = new List<Job>();
        var now = _time.GetUtcNow();
        foreach (var job in _records.ReadOpen().Where(job => job.IsFree(now)))
        {
            if (Replace(job, job.Claim(terms, now)) is { } next)
            {
                changed.Add(next);
                if (!next.HasEnded)
                {
                    break;
                }
            }
        }

        return changed;
    }

    private Job? Replace(Job old, Job? next)
    {
        if (next is null || ReferenceEquals(next, old))
        {
            return next;
        }

        next = next with { Revision = old.Revision + 1 };
        _records.Write(next);
        return next;
    }

    private void Tell(Job? job)
    {
        if (job is not null)
        {
            Signals.Changed(job.Id, job.State);
        }
    }

    private static Task<T> ReadingAsync<T>(Func<T> read, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                return read();
            }
            catch (Exception error) when (StorageErrors.IsStorage(error))
            {
                throw StorageErrors.Translate(error);
            }
        },
        cancellationToken);
}
