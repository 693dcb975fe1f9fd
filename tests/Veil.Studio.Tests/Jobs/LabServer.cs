using Microsoft.Extensions.Logging.Abstractions;
using Veil.Studio.Jobs;

namespace Veil.Studio.Tests.Jobs;

/// <summary>A server that runs jobs.</summary>
internal sealed class LabServer : IAsyncDisposable
{
    private readonly KillableStore _store;
    private readonly JobRunner _runner;

    private LabServer(JobQueue queue, KillableStore store, JobRunner runner) => (Queue, _store, _runner) = (queue, store, runner);

    public static JobRunnerOptions Options { get; } = new()
    {
        Concurrency = 2,
        Lease = QueueLab.Lease,
        Heartbeat = TimeSpan.FromMilliseconds(20),
        Poll = TimeSpan.FromMilliseconds(20),
        Grace = TimeSpan.Zero,
        StopPatience = Eventually.Patience,
    };

    public JobQueue Queue { get; }

    public int Running => _runner.Running;

    /// <summary>Waits until the server has ended by itself.</summary>
    public Task DeadAsync() => _store.DeadAsync();

    public static async Task<LabServer> StartAsync(QueueLab lab, JobWork work, JobRunnerOptions? options = null, Func<Job, bool>? lastChange = null)
    {
        var store = new KillableStore(await lab.OpenStoreAsync(), lastChange);
        var queue = lab.Queue(store);
        var runner = new JobRunner(queue, work, options ?? Options, TimeProvider.System, NullLogger<JobRunner>.Instance);
        await runner.StartAsync(default);
        return new LabServer(queue, store, runner);
    }

    /// <summary>Ends it in an orderly way.</summary>
    public Task StopAsync() => _runner.StopAsync(default);

    /// <summary>Ends it without a word.</summary>
    public void Kill() => _store.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_store.IsDead)
        {
            await StopAsync();
            _runner.Dispose();
        }
    }
}
