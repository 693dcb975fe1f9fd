using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>
/// Takes jobs from the queue and runs them, a fixed number at a time, beside any number of other runners. When it is to end it takes
/// no more, gives running jobs some time, and puts the others back.
/// </summary>
internal sealed partial class JobRunner : BackgroundService
{
    private readonly JobQueue _queue;
    private readonly JobWork _work;
    private readonly JobRunnerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<JobRunner> _logger;
    private readonly ClaimTerms _terms;
    private readonly ConcurrentDictionary<JobRun, Task> _running = new();
    private readonly SemaphoreSlim _slots;

    /// <summary>Makes a runner, which starts with its host.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="work">What is done.</param>
    /// <param name="options">How.</param>
    /// <param name="time">The clock for waiting.</param>
    /// <param name="logger">Told of jobs by id, never of names.</param>
    public JobRunner(JobQueue queue, JobWork work, JobRunnerOptions options, TimeProvider time, ILogger<JobRunner> logger)
    {
        options.Validate();
        (_queue, _work, _options, _time, _logger) = (queue, work, options, time, logger);
        _slots = new SemaphoreSlim(options.Concurrency);
        _terms = new ClaimTerms($"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}", options.Lease, options.MaxAttempts);
    }

    /// <summary>Jobs that run here.</summary>
    public int Running => _running.Count;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var shutdown = new CancellationTokenSource();
        using var abandon = new CancellationTokenSource();
        await TakeJobsAsync(shutdown.Token, abandon.Token, stoppingToken);

        var rest = Task.WhenAll(_running.Values);
        await WithinAsync(rest, _options.Grace);
        await shutdown.CancelAsync();
        await WithinAsync(rest, _options.StopPatience);
        await abandon.CancelAsync();
        await rest;
    }

    private async Task TakeJobsAsync(CancellationToken shutdown, CancellationToken abandon, CancellationToken stopping)
    {
        using var work = _queue.Store.Signals.ForWork();
        var failures = 0;
        try
        {
            while (true)
            {
                await _slots.WaitAsync(stopping);
                var (reached, job) = await TryClaimAsync();
                failures = reached ? 0 : failures + 1;
                if (job is null)
                {
                    _slots.Release();
                    await work.WaitAsync(reached ? _options.Poll : StorePatience.After(failures), _time, stopping);
                }
                else
                {
                    Start(job, shutdown, abandon);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server is to end.
        }
    }

    private void Start(Job job, CancellationToken shutdown, CancellationToken abandon)
    {
        var run = new JobRun(job, _queue, _work, _options, _time, _logger);
        var ended = new TaskCompletionSource();
        _running[run] = ended.Task;
        _ = Task.Run(RunAsync, CancellationToken.None);

        async Task RunAsync()
        {
            try
            {
                using (run)
                {
                    await run.RunAsync(shutdown, abandon);
                }
            }
            catch (Exception error)
            {
                // A mistake of ours, or a broken machine. The lease lapses, and after some attempts the job fails for good.
                LogBroken(_logger, job.Id.ToString(), error.GetType().Name, error.StackTrace);
            }
            finally
            {
                _running.TryRemove(run, out _);
                _slots.Release();
                ended.SetResult();
            }
        }
    }

    // Not to be broken off: the store may have given the job away by then, and nobody would know.
    private async Task<(bool Reached, Job? Job)> TryClaimAsync()
    {
        try
        {
            return (true, await _queue.Store.ClaimAsync(_terms, CancellationToken.None));
        }
        catch (VeilException error) when (StorePatience.MayPass(error))
        {
            LogUnreachable(_logger, error.Message);
            return (false, null);
        }
    }

    private async Task WithinAsync(Task task, TimeSpan time)
    {
        using var enough = new CancellationTokenSource();
        await Task.WhenAny(task, Task.Delay(time, _time, enough.Token));
        await enough.CancelAsync();
    }

    [LoggerMessage(10, LogLevel.Warning, "No work can be taken, the store cannot be reached: {Problem}")]
    private static partial void LogUnreachable(ILogger logger, string problem);

    [LoggerMessage(11, LogLevel.Error, "Job {Job}: running it ended with {Error}\n{Trace}")]
    private static partial void LogBroken(ILogger logger, string job, string error, string? trace);
}
