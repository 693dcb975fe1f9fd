using System.Diagnostics;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Tracking;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>What a live picture is treated with.</summary>
/// <param name="CreateProvider">Makes what finds regions; called again after it failed.</param>
/// <param name="Policy">How regions become covered pixels.</param>
/// <param name="Anonymizer">What happens to them.</param>
public sealed record LiveTreatment(Func<IRegionProvider> CreateProvider, RegionPolicy Policy, IAnonymizer Anonymizer);

/// <summary>
/// A live picture in, the same picture with everybody covered out, a fixed time later. Three threads share the work: one
/// takes frames in, one finds regions and carries them through time, one puts frames out when they are due. A frame whose
/// regions are not known by then goes out covered whole, also when detection fails or hangs; no frame ever goes out as it
/// came in. When more frames wait than the latency allows, the newest are dropped. A source that ends or breaks is opened
/// again. Memory depends on the latency alone.
/// </summary>
public sealed class LiveSession : IDisposable
{
    /// <summary>A frame counts as searched when a detection lies this near, in time.</summary>
    private static readonly TimeSpan SearchedWithin = TimeSpan.FromSeconds(0.5);
    private static readonly MediaItem Item = new("live", "live", MediaItemOrigin.Named);

    private readonly LiveEndpoint _source;
    private readonly LiveEndpoint _sink;
    private readonly LiveOptions _options;
    private readonly LiveTreatment _treatment;
    private readonly LivePage? _page;
    private readonly LiveMeter _meter = new();
    private readonly Lock _gate = new();
    private readonly Queue<LiveFrame> _toSearch = new();
    private readonly Queue<LiveFrame> _toShow = new();
    private readonly SemaphoreSlim _searchable = new(0);
    private readonly SemaphoreSlim _showable = new(0);
    private bool _sourceEnded;

    /// <summary>Prepares a session; nothing is opened but the page, when the sink is one.</summary>
    /// <param name="source">Where the picture comes from.</param>
    /// <param name="sink">Where it goes.</param>
    /// <param name="options">Latency, size, rate.</param>
    /// <param name="treatment">What happens to people.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: the page cannot be served.</exception>
    public LiveSession(LiveEndpoint source, LiveEndpoint sink, LiveOptions options, LiveTreatment treatment)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(treatment);
        (_source, _sink, _options, _treatment) = (source, sink, options, treatment);
        _page = sink.Kind == LiveEndpointKind.Page ? new LivePage(sink.Place) : null;
    }

    /// <summary>Where the page is; null for other sinks.</summary>
    public string? PageAddress => _page?.Address;

    /// <summary>Runs until cancelled, or until a file that is the source has ended.</summary>
    /// <param name="health">Told every few seconds, and at the end; never twice at a time.</param>
    /// <param name="cancellationToken">Ends the session in good order.</param>
    /// <exception cref="VeilException">The source cannot be opened the first time.</exception>
    public async Task RunAsync(Action<LiveHealth> health, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(health);

        // The first opening fails loudly: a wrong address is not a source that broke.
        var first = await Task.Run(() => new LiveCapture(_source, _options), cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var all = Task.WhenAll(Start(() => TakeIn(first, stop.Token)), Start(() => Search(stop.Token)), Start(() => PutOut(stop.Token)));
        while (await Task.WhenAny(all, Task.Delay(_options.HealthEvery, CancellationToken.None)).ConfigureAwait(false) != all)
        {
            health(_meter.Take());
        }

        await all.ConfigureAwait(false);
        health(_meter.Take());

        // One that fails ends the others: nothing goes out that is not looked after.
        Task Start(Action action) => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    action();
                }
                catch
                {
                    stop.Cancel();
                    throw;
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _page?.Dispose();
        foreach (var frame in _toShow.Concat(_toSearch))
        {
            frame.Release();
        }

        _searchable.Dispose();
        _showable.Dispose();
    }

    private int MostWaiting => Math.Max(2, (int)Math.Ceiling(1.5 * _options.Latency.TotalSeconds * _options.FramesPerSecond));

    private void TakeIn(LiveCapture capture, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using (capture)
                using (stop.Register(capture.Dispose))
                {
                    while (capture.Read() is { } frame)
                    {
                        Arrive(frame);
                    }
                }

                if (_source.Kind == LiveEndpointKind.File || stop.IsCancellationRequested)
                {
                    return;
                }

                capture = Reopen(stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Cancelled amid waiting to reconnect: what was taken in still goes out.
        }
        finally
        {
            Volatile.Write(ref _sourceEnded, true);
            _searchable.Release();
            _showable.Release();
        }
    }

    private LiveCapture Reopen(CancellationToken stop)
    {
        for (var wait = _options.ReconnectAfter; ; wait = TimeSpan.FromSeconds(Math.Min(30, 2 * wait.TotalSeconds)))
        {
            Task.Delay(wait, stop).GetAwaiter().GetResult();
            try
            {
                var capture = new LiveCapture(_source, _options);
                _meter.Reconnect();
                return capture;
            }
            catch (VeilException error) when (error.Code == VeilErrorCode.UnreadableInput)
            {
                // Not there yet; the health line shows that nothing arrives.
            }
        }
    }

    private void Arrive(PlanarFrame frame)
    {
        _meter.Arrive();
        lock (_gate)
        {
            if (_toShow.Count < MostWaiting)
            {
                var live = new LiveFrame(frame);
                _toSearch.Enqueue(live);
                _toShow.Enqueue(live);
                _searchable.Release();
                _showable.Release();
                return;
            }
        }

        _meter.Drop();
        frame.Dispose();
    }

    private void Search(CancellationToken stop)
    {
        // Half of the latency looks ahead, the other half is for finding and encoding.
        var lookAhead = Math.Max(1, (int)(_options.Latency.TotalSeconds * _options.FramesPerSecond / 2));
        var tracker = new RegionTracker(new TrackingPolicy { LookAhead = lookAhead });
        var tracked = new Queue<(LiveFrame Frame, bool IsSearched)>();
        IRegionProvider? provider = null;
        var (lastSearch, size) = (TimeSpan.MinValue, (0, 0));
        try
        {
            while (Next(_searchable, _toSearch, stop) is { } live)
            {
                var frame = live.Frame;
                if (size != (frame.Width, frame.Height))
                {
                    // A source that was opened again may have another size; nothing is carried over.
                    Finish(tracker, tracked, complete: true);
                    tracker = new RegionTracker(new TrackingPolicy { LookAhead = lookAhead });
                    size = (frame.Width, frame.Height);
                }

                IReadOnlyList<Region>? found = null;
                var arrival = Stopwatch.GetElapsedTime(0, live.Arrival);
                if (_toSearch.Count <= 1 || arrival - lastSearch > SearchedWithin / 2)
                {
                    try
                    {
                        provider ??= _treatment.CreateProvider();
                        found = provider.Find(Item, frame, stop);
                        lastSearch = arrival;
                    }
                    catch (VeilException)
                    {
                        // Frames stay unsearched and go out covered whole, which the health line counts; the next try starts afresh.
                        provider?.Dispose();
                        provider = null;
                    }
                }

                var reduction = Math.Max(frame.Width, frame.Height) > 960 ? 2 : 1;
                using (var luma = frame.Luma(reduction))
                {
                    tracker.Add(LumaPyramid.Of(luma, reduction), found);
                }

                tracked.Enqueue((live, arrival - lastSearch <= SearchedWithin));
                Finish(tracker, tracked, complete: false);
            }

            Finish(tracker, tracked, complete: true);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The session ends amid a detection.
        }
        finally
        {
            provider?.Dispose();
            foreach (var (live, _) in tracked)
            {
                live.Release();
            }
        }
    }

    private void Finish(RegionTracker tracker, Queue<(LiveFrame Frame, bool IsSearched)> tracked, bool complete)
    {
        if (complete)
        {
            tracker.Complete();
        }

        while (tracker.TryTake() is { } regions)
        {
            var (live, searched) = tracked.Dequeue();
            lock (_gate)
            {
                if (searched)
                {
                    live.Regions = regions;
                }
            }

            live.Release();
        }
    }

    private void PutOut(CancellationToken stop)
    {
        LiveOutput? output = null;
        try
        {
            while (Next(_showable, _toShow, stop, peek: true) is { } live)
            {
                var wait = _options.Latency - Stopwatch.GetElapsedTime(live.Arrival);
                if (wait > TimeSpan.Zero)
                {
                    stop.WaitHandle.WaitOne(wait);
                }

                IReadOnlyList<Region>? regions;
                lock (_gate)
                {
                    _toShow.Dequeue();
                    regions = live.Regions;
                }

                output = Show(live, regions, output);
                live.Release();
            }

            output?.Finish();
        }
        finally
        {
            output?.Dispose();
        }
    }

    private LiveOutput? Show(LiveFrame live, IReadOnlyList<Region>? regions, LiveOutput? output)
    {
        var geometry = live.Frame.Geometry;
        try
        {
            if (output is not null && (output.Geometry.Width, output.Geometry.Height) != (geometry.Width, geometry.Height))
            {
                output.Finish();
                output.Dispose();
                output = null;
            }

            output ??= new LiveOutput(_sink, geometry, _options.FramesPerSecond, _page);
            var covered = regions is null ? null : TryCover(live.Frame, regions);
            output.Write(covered is null ? WholeCover.Of(geometry) : live.Frame.Fold());
            _meter.Show(Stopwatch.GetElapsedTime(live.Arrival), covered);
            return output;
        }
        catch (VeilException error) when (error.Code == VeilErrorCode.UnwritableOutput && _sink.Kind == LiveEndpointKind.Address)
        {
            // Whoever received the stream is gone: the next frame tries again.
            output?.Dispose();
            _meter.Drop();
            return null;
        }
    }

    /// <summary>Covers the regions; null when that fails, so that the frame goes out covered whole.</summary>
    private int? TryCover(PlanarFrame frame, IReadOnlyList<Region> regions)
    {
        try
        {
            List<CoveredRegion> covered = [.. regions.Select(region => _treatment.Policy.Cover(region, frame.Width, frame.Height)).OfType<CoveredRegion>()];
            FrameCover.Apply(frame, covered, _treatment.Anonymizer);
            return covered.Count;
        }
        catch (VeilException)
        {
            return null;
        }
    }

    /// <summary>The next frame of a queue, or null when the source ended and the queue is empty, or the session stops.</summary>
    private LiveFrame? Next(SemaphoreSlim ready, Queue<LiveFrame> queue, CancellationToken stop, bool peek = false)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                ready.Wait(stop);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            lock (_gate)
            {
                if (queue.Count > 0)
                {
                    return peek ? queue.Peek() : queue.Dequeue();
                }
            }

            if (Volatile.Read(ref _sourceEnded))
            {
                return null;
            }
        }

        return null;
    }
}
