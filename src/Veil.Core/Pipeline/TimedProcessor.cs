using System.Globalization;
using Veil.Errors;

namespace Veil.Pipeline;

/// <summary>
/// Gives each item, or each frame of one, a limited time, in this process. At the limit the item is cancelled, which managed code and the steps'
/// borders obey. Native code that does not return cannot be ended without ending the process: its thread is left behind,
/// forbidden to write, the item is a failure, and the next one gets a new processor. <c>--isolate</c> ends it for good.
/// </summary>
/// <param name="create">Makes the processor behind this one, which is owned. It is given what to call when a frame is done: the time starts anew then.</param>
/// <param name="limit">Time per item or frame, above zero.</param>
/// <param name="time">What tells time; null for the system's.</param>
public sealed class TimedProcessor(Func<Action, IItemProcessor> create, TimeSpan limit, TimeProvider? time = null) : IItemProcessor
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // Whoever interrupts a run is promised that nothing half-done is left, which takes its time where the machine is busy.
    private static readonly TimeSpan GraceOfInterruption = TimeSpan.FromSeconds(25);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private IItemProcessor? _inner;
    private CancellationTokenSource? _stop;

    /// <inheritdoc/>
    public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken)
    {
        var inner = _inner ??= create(StartAnew);
        var stop = new CancellationTokenSource(limit, _time);
        var token = stop.Token;
        var abandoning = cancellationToken.Register(stop.Cancel);
        Volatile.Write(ref _stop, stop);
        var work = Task.Factory.StartNew(() => inner.Process(item, target, token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = work.ContinueWith(
            _ =>
            {
                abandoning.Dispose();
                stop.Dispose();
            },
            TaskScheduler.Default);
        if (!Ended(work, token, cancellationToken))
        {
            _inner = null;
            _ = work.ContinueWith(_ => inner.Dispose(), TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            return TimedOut(item, target, limit, "Use --isolate for files that you do not trust: it ends such work at once.");
        }

        try
        {
            return work.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TimedOut(item, target, limit, "");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _inner?.Dispose();

    private void StartAnew()
    {
        try
        {
            Volatile.Read(ref _stop)?.CancelAfter(limit);
        }
        catch (ObjectDisposedException)
        {
            // A thread that was left behind comes back: its item is over.
        }
    }

    /// <summary>The result of an item that took too long.</summary>
    internal static ItemResult TimedOut(MediaItem item, string? target, TimeSpan limit, string hint) => new(item, target, ItemStatus.Failed)
    {
        Error = new ItemError(
            nameof(VeilErrorCode.TimedOut), "run",
            string.Create(CultureInfo.InvariantCulture, $"Expected to be done with it in {limit.TotalSeconds:0.###} seconds, but it takes longer."),
            ("Raise it with --max-seconds if you trust the file. " + hint).TrimEnd()),
    };

    private bool Ended(Task work, CancellationToken stop, CancellationToken interrupted)
    {
        try
        {
            work.Wait(stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return Task.WhenAny(work, Task.Delay(interrupted.IsCancellationRequested ? GraceOfInterruption : Grace, _time, CancellationToken.None)).GetAwaiter().GetResult() == work;
        }
        catch (AggregateException)
        {
            // Its own exception: taken up by whoever asks for the result.
            return true;
        }
    }
}
