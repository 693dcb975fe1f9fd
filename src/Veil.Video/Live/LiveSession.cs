using Veil.Errors;

namespace Veil.Video.Live;

/// <summary>
/// A live picture in, the same picture with everybody covered out, a fixed time later. Three threads share the work: one
/// takes frames in, one finds regions and carries them through time, one covers frames and puts them out when they are due.
/// A frame whose regions are not known by then goes out covered whole, also when detection fails or hangs; no frame ever
/// goes out as it came in. Frames that would be late are dropped. A source that ends or breaks is opened again. Memory
/// depends on the latency alone. One run per session.
/// Treatment and latency may change while it runs, from one frame to the next.
/// </summary>
public sealed class LiveSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Longer than any search that is of use for a live picture.</summary>
    private static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(5);

    private readonly ILiveSource _source;
    private readonly ILiveSink _sink;
    private readonly LiveOptions _options;
    private readonly LiveFinding _finding;
    private readonly LiveChanges _changes;
    private readonly LiveClock _clock;
    private readonly LiveMeter _meter;

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
        (_source, _sink, _options, _finding, _clock) = (source, sink, options, new LiveFinding(treatment), new LiveClock(time));
        (_meter, _changes) = (new LiveMeter(_clock), new LiveChanges(new LiveTiming(options.Latency, options.FramesPerSecond), _finding));
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
        var (clock, meter, time) = (_clock, _meter, _clock.Provider);
        var queue = new LiveQueue();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beat = time.CreateTimer(_ => queue.Wake(), null, _changes.Timing.Beat, _changes.Timing.Beat);
        await using var beating = beat.ConfigureAwait(false);
        _changes.Wake = () =>
        {
            beat.Change(_changes.Timing.Beat, _changes.Timing.Beat);
            queue.Wake();
        };
        var intake = new LiveIntake(_source, queue, _options, _sink.Sizes, _changes, clock, meter);
        var presenter = new LivePresenter(_sink, _options, clock, meter);

        var prepared = new TaskCompletionSource();
        var search = Start(() => Search(queue, new LiveSearch(_finding, clock, meter), prepared, stop.Token));
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
            while (await Task.WhenAny(ends, Task.Delay(_options.HealthEvery, time, CancellationToken.None)).ConfigureAwait(false) != ends)
            {
                health(meter.Take());
            }

            await ends.ConfigureAwait(false);
        }
        finally
        {
            // A detection in native code cannot be interrupted; its thread ends when it returns, or with the program.
            await stop.CancelAsync().ConfigureAwait(false);
            _changes.Dispose();
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

    /// <summary>Lets frames that arrive from now on go out after another latency.</summary>
    internal void Change(TimeSpan latency)
    {
        _changes.Timing = new LiveTiming(latency, _options.FramesPerSecond);
        _changes.Wake();
    }

    /// <summary>
    /// Treats frames otherwise, from one frame to the next: those before are covered by the old treatment, those from then on by the new one, and none is grey
    /// for it. Networks that the new treatment alone needs are loaded and tried first, beside the old one's work. What cannot be loaded, or fails when tried,
    /// takes over all the same, and frames are grey as long as it fails: an old treatment never stands in for one that was asked for.
    /// Not to be called twice at a time.
    /// </summary>
    /// <returns>Done when the new treatment has taken over.</returns>
    /// <exception cref="OperationCanceledException">Cancelled, or the session has ended: until the next change either treatment may be in force.</exception>
    /// <exception cref="TimeoutException">A search for the old treatment does not come to its end: the session should.</exception>
    internal async Task ChangeAsync(LiveTreatment treatment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        await Task.Run(() => Attempt("method", () => LiveCover.Try(treatment)), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (_changes.TryCover(treatment, LiveCover.Of(treatment)))
        {
            return;
        }

        var finding = new LiveFinding(treatment);
        try
        {
            await Task.Run(() => Attempt("detection", () => finding.Prepare(cancellationToken)), cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch
        {
            finding.Dispose();
            throw;
        }

        await _changes.Follow(finding).WaitAsync(TakenWithin, _clock.Provider, cancellationToken).ConfigureAwait(false);

        void Attempt(string what, Action action)
        {
            try
            {
                action();
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // Frames will fail alike, and be grey; what is told here is why.
                _meter.Fail(what, error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _changes.Dispose();
        _sink.Dispose();
    }

    private void Search(LiveQueue queue, LiveSearch search, TaskCompletionSource prepared, CancellationToken cancellationToken)
    {
        using (search)
        {
            search.Prepare(cancellationToken);
            prepared.SetResult();
            while (true)
            {
                queue.WaitToSearch(cancellationToken);
                Follow();
                var isLast = queue.HasEnded;
                while (queue.TakeToSearch(out var waiting) is { } live)
                {
                    search.Add(live, waiting, cancellationToken);
                    Follow();
                }

                if (isLast)
                {
                    search.ResolveAll();
                    return;
                }

                search.ResolveDue();
            }
        }

        void Follow()
        {
            if (_changes.TakeNext() is { } next)
            {
                search.Follow(next, cancellationToken);
            }
        }
    }
}
