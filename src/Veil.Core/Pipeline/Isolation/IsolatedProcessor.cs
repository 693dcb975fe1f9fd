using System.Globalization;
using Veil.Errors;

namespace Veil.Pipeline.Isolation;

/// <summary>
/// Processes items in a worker process that is used for many, so that a crash, a hang or the hunger for memory of a codec
/// costs one item. The worker is ended, its temporary file removed, the item a failure, and the next gets a new worker.
/// </summary>
public sealed class IsolatedProcessor : IItemProcessor
{
    private static readonly TimeSpan DyingTime = TimeSpan.FromSeconds(2);
    private readonly WorkerCommand _command;
    private readonly WorkerLimits _limits;
    private readonly Action<ItemProgress> _progress;
    private readonly TimeProvider _time;
    private WorkerProcess? _worker;

    /// <summary>Prepares; the worker is started with the first item.</summary>
    /// <param name="command">How to start it.</param>
    /// <param name="limits">What it may take for an item.</param>
    /// <param name="progress">Called, on the caller's thread, while frames of an item are getting done; null for nobody.</param>
    /// <param name="time">What tells the time that an item takes; null for the system's.</param>
    public IsolatedProcessor(WorkerCommand command, WorkerLimits limits, Action<ItemProgress>? progress = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(limits);
        (_command, _limits, _progress, _time) = (command, limits, progress ?? (_ => { }), time ?? TimeProvider.System);
    }

    /// <summary>The number of the worker's process among the system's; null while there is none.</summary>
    public int? ProcessId => Volatile.Read(ref _worker)?.Id;

    /// <inheritdoc/>
    public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken) => Process(item, target, order: null, _limits, cancellationToken);

    /// <summary>Processes an item after an order, for workers that are told with each item what to do.</summary>
    /// <param name="item">The input.</param>
    /// <param name="target">The output; null to write none.</param>
    /// <param name="order">Handed to the worker as it is.</param>
    /// <param name="limits">What the worker may take for this item.</param>
    /// <param name="cancellationToken">Abandons it, which ends the worker.</param>
    /// <exception cref="VeilException">No worker can be started.</exception>
    public ItemResult Process(MediaItem item, string? target, string? order, WorkerLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(limits);
        var worker = Worker(cancellationToken);
        var fate = WorkerFate.Died;
        using var visit = worker.Admit(item, target);
        try
        {
            worker.Send(visit?.Item ?? item, visit is null ? target : visit.Target, order);
            fate = worker.Receive(limits, (done, total) => _progress(new ItemProgress(item, done, total)), out var message, cancellationToken);
            using (message)
            {
                if (message is not null && ResultMessage.Read(message.RootElement, item, target) is var told && Believable(visit?.Fetch(told) ?? told) is { } result)
                {
                    return result;
                }
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            // It died between two items, or answered nonsense: both end below.
            fate = WorkerFate.Died;
        }
        catch (OperationCanceledException)
        {
            End(target, TimeSpan.Zero);
            throw;
        }

        var exitCode = End(target, fate == WorkerFate.Died ? DyingTime : TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        return fate switch
        {
            WorkerFate.TookTooLong => TimedProcessor.TimedOut(item, target, limits.Time!.Value, ""),
            WorkerFate.TookTooMuchMemory => Failed(
                VeilErrorCode.LimitExceeded, $"Expected to need at most {limits.Memory / (1 << 20)} MiB of memory for it, but it takes more.", "Raise it with --max-memory if you trust the file."),
            _ => Failed(
                VeilErrorCode.WorkerCrashed, "The process that worked on it " + Describe(exitCode) + ".",
                "The file makes a codec crash: convert it with another program, and please report its format and size."),
        };

        ItemResult Failed(VeilErrorCode code, string message, string hint) =>
            new(item, target, ItemStatus.Failed) { Error = new ItemError(code.ToString(), "run", message, hint) };
    }

    /// <inheritdoc/>
    public void Dispose() => _worker?.Dispose();

    // "Done" without an output is no result.
    private static ItemResult? Believable(ItemResult result) =>
        result is { Status: ItemStatus.Done, Target: { } target } && !File.Exists(target) ? null : result;

    private static string Describe(int? exitCode) => exitCode switch
    {
        null => "did not end even when it was told to",
        > 128 and < 160 => string.Create(CultureInfo.InvariantCulture, $"was ended by signal {exitCode - 128}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"broke off (exit code {exitCode})"),
    };

    private WorkerProcess Worker(CancellationToken cancellationToken)
    {
        if (_worker is { IsAlive: false })
        {
            _worker.Dispose();
            _worker = null;
        }

        return _worker ??= WorkerProcess.Start(_command, _time, cancellationToken);
    }

    private int? End(string? target, TimeSpan patience)
    {
        var exitCode = _worker!.Kill(patience);
        _worker.Dispose();
        _worker = null;
        if (target is not null and not MediaItem.StandardInput)
        {
            TemporaryFile.RemoveFor(target, TimeSpan.Zero);
        }

        return exitCode;
    }
}
