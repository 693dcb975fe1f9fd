using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Isolation;
using Veil.Studio.Api.Telemetry;
using Veil.Studio.Api.Work;

namespace Veil.Studio.Api.Isolation;

/// <summary>
/// Works in processes of their own, so that what a file does to a codec is done to nobody else. There are as many as work was done at
/// a time; they stay, with what they have loaded, and each does the next item with the settings that it had last where one is free.
/// Those that a busy hour has left are ended again after a while without work. Thread-safe.
/// </summary>
internal sealed partial class WorkerPool : IAnonymizerSource
{
    /// <summary>How long a worker waits for work; one waits for ever.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly WorkerCommand _command;
    private readonly long? _memory;
    private readonly TimeProvider _time;
    private readonly ILogger<WorkerPool> _logger;
    private readonly ITimer _trimming;
    private readonly Meter _meter = new(ApiTelemetry.Name);
    private readonly Lock _gate = new();
    private readonly List<Worker> _idle = [];
    private readonly List<Worker> _all = [];
    private readonly FactsCache _facts = new();
    private bool _disposed;

    /// <summary>Prepares; workers are started when there is work for them.</summary>
    /// <param name="command">How to start one.</param>
    /// <param name="memory">Most resident memory of one in bytes; null for no limit.</param>
    /// <param name="time">The clock for waiting.</param>
    /// <param name="logger">Told of workers that were lost.</param>
    public WorkerPool(WorkerCommand command, long? memory, TimeProvider time, ILogger<WorkerPool> logger)
    {
        (_command, _memory, _time, _logger) = (command, memory, time, logger);
        _meter.CreateObservableGauge("veil.workers", () => Processes.Count, "{process}", "Processes that work on pictures and films.");
        _meter.CreateObservableGauge("veil.workers.memory", () => Processes.Sum(ResidentMemory), "By", "Resident memory of them together.");
        _trimming = time.CreateTimer(_ => Trim(), null, Patience, Patience / 10);
    }

    /// <summary>The processes that live, by their numbers among the system's.</summary>
    public IReadOnlyList<int> Processes
    {
        get
        {
            lock (_gate)
            {
                return [.. _all.Select(worker => worker.Processor.ProcessId).OfType<int>()];
            }
        }
    }

    /// <inheritdoc/>
    public IAnonymizerLease Rent(AnonymizerSettings settings) => new Lease(this, settings, _facts.Of(settings));

    /// <inheritdoc/>
    public void Dispose()
    {
        _trimming.Dispose();
        _meter.Dispose();
        List<Worker> idle;
        lock (_gate)
        {
            _disposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        // Each gets a moment to end by itself; together they take no longer than one.
        Parallel.ForEach(idle, End);
    }

    private static long ResidentMemory(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return process.WorkingSet64;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // It has just ended.
            return 0;
        }
    }

    private ItemResult Process(Assignment assignment, AnonymizerSettings settings, CancellationToken cancellationToken)
    {
        var order = WorkerOrder.Write(assignment.Work, settings);
        var worker = Take(order);
        worker.Progress = assignment.Progress;
        worker.Served = worker.Processor.ProcessId is null ? 0 : worker.Served;
        try
        {
            var result = Process(worker, assignment, order, cancellationToken);
            if (IsCrash(result) && worker.Served > 0)
            {
                // What an earlier picture has left in the process may be to blame: only who crashes a fresh one is told so.
                worker.Served = 0;
                result = Process(worker, assignment, order, cancellationToken);
            }

            worker.Served = IsCrash(result) ? 0 : worker.Served + 1;
            return result;
        }
        finally
        {
            worker.Progress = null;
            Return(worker);
        }
    }

    private ItemResult Process(Worker worker, Assignment assignment, string order, CancellationToken cancellationToken)
    {
        var (item, target) = assignment.Planned;
        var limits = new WorkerLimits(assignment.Time, _memory);
        ItemResult result;
        try
        {
            result = worker.Processor.Process(item, target, order, limits, cancellationToken);
        }
        catch (VeilException error) when (error.Code == VeilErrorCode.WorkerCrashed)
        {
            // No file is to blame where a worker does not even start.
            LogNotStarted(_logger, error.Message);
            throw new VeilException(VeilErrorCode.MissingNative, "The program that does the work cannot be started.", "Mend the installation ('veil doctor').", error);
        }

        if (result.Status != ItemStatus.Done && target is not null)
        {
            // A worker that died between putting a result in its place and saying so.
            File.Delete(target);
        }

        if (result.Error is { Code: nameof(VeilErrorCode.WorkerCrashed) or nameof(VeilErrorCode.TimedOut) or nameof(VeilErrorCode.LimitExceeded) } lost && worker.Processor.ProcessId is null)
        {
            LogLost(_logger, lost.Code, lost.Message);
        }

        return result;
    }

    private static bool IsCrash(ItemResult result) => result.Error?.Code == nameof(VeilErrorCode.WorkerCrashed);

    private Worker Take(string order)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var found = _idle.FindLastIndex(worker => worker.Order == order) is >= 0 and var same ? same : _idle.Count - 1;
            Worker worker;
            if (found >= 0)
            {
                worker = _idle[found];
                _idle.RemoveAt(found);
            }
            else
            {
                worker = new Worker(_command);
                _all.Add(worker);
            }

            worker.Order = order;
            return worker;
        }
    }

    private void Return(Worker worker)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                worker.Returned = _time.GetTimestamp();
                _idle.Add(worker);
                return;
            }
        }

        End(worker);
    }

    private void Trim()
    {
        List<Worker> tired;
        lock (_gate)
        {
            // The one that worked last stands last and stays.
            tired = [.. _idle.SkipLast(1).Where(worker => _time.GetElapsedTime(worker.Returned) >= Patience)];
            _idle.RemoveAll(tired.Contains);
        }

        tired.ForEach(End);
    }

    private void End(Worker worker)
    {
        worker.Processor.Dispose();
        lock (_gate)
        {
            _all.Remove(worker);
        }
    }

    [LoggerMessage(40, LogLevel.Warning, "A worker process was lost ({Code}): {Message}")]
    private static partial void LogLost(ILogger logger, string code, string message);

    [LoggerMessage(41, LogLevel.Error, "No worker process can be started: {Message}")]
    private static partial void LogNotStarted(ILogger logger, string message);

    private sealed class Lease(WorkerPool pool, AnonymizerSettings settings, SettingsFacts facts) : IAnonymizerLease
    {
        public SettingsFacts Facts { get; } = facts;

        public ItemResult Process(Assignment assignment, CancellationToken cancellationToken) => pool.Process(assignment, settings, cancellationToken);

        public void Dispose()
        {
        }
    }

    private sealed class Worker
    {
        public Worker(WorkerCommand command) => Processor = new IsolatedProcessor(command, new WorkerLimits(null, null), now => Progress?.Report(now));

        public IsolatedProcessor Processor { get; }

        public IProgress<ItemProgress>? Progress { get; set; }

        public string? Order { get; set; }

        public int Served { get; set; }

        public long Returned { get; set; }
    }
}
