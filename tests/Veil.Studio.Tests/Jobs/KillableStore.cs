using Veil.Studio.Jobs;

namespace Veil.Studio.Tests.Jobs;

/// <summary>
/// The store of a server that can be ended without a word: from then on nothing of what it asks is answered. With a moment chosen,
/// it ends by itself right behind a change of that kind, which the store has taken.
/// </summary>
internal sealed class KillableStore(IJobStore store, Func<Job, bool>? lastChange = null) : IJobStore
{
    private readonly TaskCompletionSource _dead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _asked;

    public JobSignals Signals => store.Signals;

    public bool IsDead => _dead.Task.IsCompleted;

    /// <summary>Waits until it has ended, and what it had still asked has been taken.</summary>
    public async Task DeadAsync()
    {
        await _dead.Task.WaitAsync(Eventually.Patience);
        await Eventually.TrueAsync(() => Volatile.Read(ref _asked) == 0);
    }

    public void Kill() => _dead.TrySetResult();

    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => AliveAsync(() => store.NowAsync(cancellationToken));

    public Task AddAsync(Job job, CancellationToken cancellationToken) => AliveAsync(async () =>
    {
        await store.AddAsync(job, cancellationToken);
        return true;
    });

    public Task<Job?> ReadAsync(JobId id, CancellationToken cancellationToken) => AliveAsync(() => store.ReadAsync(id, cancellationToken));

    public Task<Job?> FindAsync(JobId id, string owner, CancellationToken cancellationToken) => AliveAsync(() => store.FindAsync(id, owner, cancellationToken));

    public Task<IReadOnlyList<Job>> ListAsync(JobQuery query, CancellationToken cancellationToken) => AliveAsync(() => store.ListAsync(query, cancellationToken));

    public Task<JobCounts> CountAsync(string? owner, CancellationToken cancellationToken) => AliveAsync(() => store.CountAsync(owner, cancellationToken));

    public Task<Job?> ChangeAsync(JobId id, Func<Job, DateTimeOffset, Job?> change, CancellationToken cancellationToken) =>
        AliveAsync(async () => KillBehind(await store.ChangeAsync(id, change, cancellationToken)));

    public Task<Job?> ClaimAsync(ClaimTerms terms, CancellationToken cancellationToken) =>
        AliveAsync(async () => KillBehind(await store.ClaimAsync(terms, cancellationToken)));

    public Task<IReadOnlyList<Job>> DueAsync(CancellationToken cancellationToken) => AliveAsync(() => store.DueAsync(cancellationToken));

    public Task DeleteAsync(JobId id, CancellationToken cancellationToken) => AliveAsync(async () =>
    {
        await store.DeleteAsync(id, cancellationToken);
        return true;
    });

    public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) => AliveAsync(() => store.CheckAsync(cancellationToken));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Job? KillBehind(Job? job)
    {
        if (job is not null && lastChange?.Invoke(job) == true)
        {
            Kill();
        }

        return job;
    }

    private async Task<T> AliveAsync<T>(Func<Task<T>> question)
    {
        Interlocked.Increment(ref _asked);
        T answer;
        try
        {
            answer = IsDead ? default! : await question();
        }
        finally
        {
            Interlocked.Decrement(ref _asked);
        }

        return IsDead ? await new TaskCompletionSource<T>().Task : answer;
    }
}
