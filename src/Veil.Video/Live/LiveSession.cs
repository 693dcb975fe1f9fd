using Veil.Errors;

namespace Veil.Video.Live;

/// <summary>
/// A live picture in, the same picture with everybody covered out, a fixed time later. Three threads share the work: one
/// takes frames in, one finds regions and carries them through time, one covers frames and puts them out when they are due.
/// A frame whose regions are not known by then goes out covered whole, also when detection fails or hangs; no frame ever
/// goes out as it came in. Frames that would be late are dropped. A source that ends or breaks is opened again. Memory
/// depends on the latency alone. One run per session.
/// </summary>
public sealed class LiveSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ILiveSource _source;
    private readonly ILiveSink _sink;
    private readonly LiveOptions _options;
    private readonly LiveTreatment _treatment;
    private readonly TimeProvider _time;

    /// <summary>Prepares a session; nothing is opened but the page, when the sink is one.</summary>
    /// <param name="source">Where the picture comes from.</param>
    /// <param name="sink">Where it goes.</param>
    /// <param name="options">Latency, size, rate; checked by the caller.</param>
    /// <param name="treatment">What happens to people.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidOption"/>: source and sink do not go together; <see cref="VeilErrorCode.UnreadableInput"/>,
    /// <see cref="VeilErrorCode.UnwritableOutput"/> or <see cref="VeilErrorCode.OutputExists"/>: one of them cannot be used.
    /// </exception>
    public LiveSession(LiveEndpoint source, LiveEndpoint sink, LiveOptions options, LiveTreatment treatment)
        : this(LiveEndpoints.Source(source, options), LiveEndpoints.Sink(sink, source, options), options, treatment, TimeProvider.System)
    {
    }

    internal LiveSession(ILiveSource source, ILiveSink sink, LiveOptions options, LiveTreatment treatment, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        (_source, _sink, _options, _treatment, _time) = (source, sink, options, treatment, time);
    }

    /// <summary>Where the page is; null for other sinks.</summary>
    public string? PageAddress => (_sink as PageSink)?.Address;

    /// <summary>Runs until cancelled, or until a file that is the source has ended.</summary>
    /// <param name="health">Told every few seconds, and at the end; never twice at a time.</param>
    /// <param name="cancellationToken">Ends the session in good order. A detection that does not return is left behind.</param>
    /// <exception cref="VeilException">The source cannot be opened the first time, or a sink that is no address broke.</exception>
    public async Task RunAsync(Action<LiveHealth> health, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(health);
        var clock = new LiveClock(_time);
        var meter = new LiveMeter(clock);
        var timing = new LiveTiming(_options.Latency, _options.FramesPerSecond);
        var queue = new LiveQueue(timing.MostWaiting);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var beat = _time.CreateTimer(_ => queue.Wake(), null, timing.Beat, timing.Beat).ConfigureAwait(false);
        var intake = new LiveIntake(_source, queue, _options, clock, meter);
        var presenter = new LivePresenter(_sink, _treatment, timing, _options, clock, meter);

        var prepared = new TaskCompletionSource();
        var search = Start(() => Search(queue, new LiveSearch(_treatment, timing, clock, meter), prepared, stop.Token));
        var takeIn = Start(() =>
        {
            // A file waits until everything is loaded; what is live does not.
            if (_source.IsFinite)
            {
                prepared.Task.Wait(stop.Token);
            }

            intake.Run(stop.Token);
        });
        var putOut = Start(() => presenter.Run(queue, stop.Token));
        try
        {
            var ends = Task.WhenAll(takeIn, putOut);
            while (await Task.WhenAny(ends, Task.Delay(_options.HealthEvery, _time, CancellationToken.None)).ConfigureAwait(false) != ends)
            {
                health(meter.Take());
            }

            await ends.ConfigureAwait(false);
        }
        finally
        {
            // A detection in native code cannot be interrupted; its thread ends when it returns, or with the program.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(search, Task.Delay(Patience, CancellationToken.None)).ConfigureAwait(false);
            queue.Dispose();
            health(meter.Take());
        }

        if (search.IsCompleted)
        {
            await search.ConfigureAwait(false);
        }

        // One that fails ends the others: nothing goes out that is not looked after.
        Task Start(Action action) => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    action();
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    // Asked to end, amid waiting.
                }
                catch
                {
                    if (!stop.IsCancellationRequested)
                    {
                        stop.Cancel();
                    }

                    throw;
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public void Dispose() => _sink.Dispose();

    private static void Search(LiveQueue queue, LiveSearch search, TaskCompletionSource prepared, CancellationToken cancellationToken)
    {
        using (search)
        {
            search.Prepare(cancellationToken);
            prepared.SetResult();
            while (true)
            {
                queue.WaitToSearch(cancellationToken);
                var isLast = queue.HasEnded;
                while (queue.TakeToSearch(out var waiting) is { } live)
                {
                    search.Add(live, waiting, cancellationToken);
                }

                if (isLast)
                {
                    search.ResolveAll();
                    return;
                }

                search.ResolveDue();
            }
        }
    }
}
