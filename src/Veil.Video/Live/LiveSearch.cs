using Veil.Pipeline;
using Veil.Regions;
using Veil.Tracking;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>
/// Finds the regions of frames as they come and carries them through time. A frame is resolved when it lies between two
/// searches that are near each other, or was searched itself; any other stays unresolved. Whatever fails while searching
/// leaves frames unresolved, and the next search starts afresh. Not thread-safe.
/// </summary>
/// <param name="first">What searches, until another takes over.</param>
/// <param name="clock">Of the session.</param>
/// <param name="meter">Is told of searches and failures.</param>
internal sealed class LiveSearch(LiveFinding first, LiveClock clock, LiveMeter meter) : IDisposable
{
    private static readonly MediaItem Item = new("live", "live", MediaItemOrigin.Named);

    /// <summary>A detector that cannot be made is not tried for every frame.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(0.5);

    /// <summary>Above this many pixels on the longer side, motion is told from half the size.</summary>
    private const int LargestFollowed = 960;

    private readonly Queue<Pending> _pending = new();
    private LiveFinding _finding = first;
    private RegionTracker? _tracker;
    private Stretch? _stretch;
    private IRegionProvider? _provider;
    private TimeSpan? _lastSearch;
    private int _sinceSearch;
    private TimeSpan? _lastAttempt;
    private TimeSpan? _retryAt;
    private TimeSpan _searchTime;

    /// <summary>Makes what searches and tries it, so that frames need not wait for that. A failure is told; the next frame tries again.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Prepare(CancellationToken cancellationToken)
    {
        try
        {
            _finding.Prepare(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            Fail(error);
            _retryAt = clock.Now + RetryAfter;
        }
    }

    /// <summary>
    /// Lets another finding take over from the next frame on. What waits is resolved with what was found before, so that no frame falls between the two, and
    /// none gets what both found: each is covered as one treatment alone would have it.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Follow(LiveFinding next, CancellationToken cancellationToken)
    {
        Conclude(cancellationToken);
        _provider?.Dispose();
        _finding.Dispose();
        (_finding, _provider, _retryAt) = (next, null, null);
    }

    /// <summary>Takes a frame over: searches it when it is the newest, follows into it what was found before.</summary>
    /// <param name="live">Released when resolved or given up.</param>
    /// <param name="waiting">How many frames wait behind it: these go first.</param>
    /// <param name="cancellationToken">Ends a search.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the frame is released.</exception>
    public void Add(LiveFrame live, int waiting, CancellationToken cancellationToken)
    {
        try
        {
            Continue(live, cancellationToken);
            IReadOnlyList<Region>? found = null;
            if (waiting == 0 || _lastAttempt is not { } last || live.Arrival - last > live.Timing.MostBetweenSearches / 2)
            {
                _lastAttempt = live.Arrival;
                found = Search(live, cancellationToken);
            }

            _tracker ??= NewTracker(live.Timing);
            _tracker.Add(LumaOf(live.Frame), found);
            if (found is not null)
            {
                (_lastSearch, _sinceSearch) = (live.Arrival, 0);
            }

            _pending.Enqueue(new Pending(live, _lastSearch, _sinceSearch++));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            live.Release();
            throw;
        }
        catch (Exception error)
        {
            // Of any kind: the frame goes out covered whole, which the health line tells with the reason.
            Fail(error);
            live.Release();
        }

        ResolveDue();
    }

    /// <summary>Resolves frames whose time has come.</summary>
    public void ResolveDue()
    {
        while (_pending.TryPeek(out var first))
        {
            // The longer it waits, the more is known; but during the next search it cannot be resolved.
            var age = clock.Now - first.Live.Arrival;
            var timing = first.Live.Timing;
            if (age < timing.DecideAt - (IsEnclosed(first) ? _searchTime + timing.Beat : TimeSpan.Zero))
            {
                return;
            }

            TakeFirst();
        }
    }

    /// <summary>Resolves all frames, since none follows.</summary>
    public void ResolveAll()
    {
        while (_pending.Count > 0)
        {
            TakeFirst();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        GiveUp();
        _provider?.Dispose();
        _provider = null;
        _finding.Dispose();
    }

    private static RegionTracker NewTracker(LiveTiming timing) => new(new TrackingPolicy
    {
        // What a camera's rate will be nobody knows before.
        LookAhead = Math.Min(600, timing.MostWaiting), ShapeReach = 0, Coast = timing.MostFollowed,
    });

    private static LumaPyramid LumaOf(PlanarFrame frame)
    {
        var reduction = Math.Max(frame.Width, frame.Height) > LargestFollowed ? 2 : 1;
        using var luma = frame.Luma(reduction);
        return LumaPyramid.Of(luma, reduction);
    }

    private IReadOnlyList<Region>? Search(LiveFrame live, CancellationToken cancellationToken)
    {
        if (Provider(clock.Now) is not { } provider)
        {
            return null;
        }

        var start = clock.Now;
        var found = provider.Find(Item, live.Frame, cancellationToken);
        var took = clock.Now - start;
        meter.Search(took);
        _retryAt = null;
        _searchTime = took > 0.9 * _searchTime ? took : 0.9 * _searchTime;
        return found;
    }

    /// <summary>What searches; null while it is not time to make one after a failure.</summary>
    private IRegionProvider? Provider(TimeSpan now)
    {
        if (_provider is null && !(now < _retryAt))
        {
            _retryAt = now + RetryAfter;
            _provider = _finding.TakeProvider();
        }

        return _provider;
    }

    private void Fail(Exception error)
    {
        meter.Fail("detection", error);
        _provider?.Dispose();
        _provider = null;
        GiveUp();
    }

    /// <summary>
    /// True when it was searched, or lies between two searches that are near each other, also in frames: what was found stays covered for so many and no more
    /// where it cannot be followed.
    /// </summary>
    private bool IsEnclosed(Pending pending) =>
        pending.IsSearched
        || (pending.SearchedBefore is { } before && _lastSearch >= pending.Live.Arrival
            && pending.SinceSearch <= pending.Live.Timing.MostFollowed
            && _pending.First(later => later.IsSearched).Live.Arrival - before <= pending.Live.Timing.MostBetweenSearches);

    private void TakeFirst()
    {
        var isEnclosed = IsEnclosed(_pending.Peek());
        var regions = _tracker!.Take();
        var pending = _pending.Dequeue();
        var live = pending.Live;
        if (pending.IsAgain)
        {
            return;
        }

        if (isEnclosed)
        {
            live.Resolve(new LiveFound(regions, _finding));
        }

        live.Release();
    }

    /// <summary>Leaves what is pending unresolved and forgets what was followed.</summary>
    private void GiveUp()
    {
        while (_pending.TryDequeue(out var pending))
        {
            if (!pending.IsAgain)
            {
                pending.Live.Release();
            }
        }

        Forget();
    }

    /// <summary>Sees to it that what is followed so far may be followed into a frame.</summary>
    private void Continue(LiveFrame live, CancellationToken cancellationToken)
    {
        var now = new Stretch(live.Connection, live.Frame.Width, live.Frame.Height, live.Timing);
        if (_stretch is { } before && before.Connection != now.Connection)
        {
            // Another connection may show another place.
            GiveUp();
        }
        else if (_stretch is not null && _stretch != now)
        {
            Conclude(cancellationToken);
        }

        _stretch = now;
    }

    /// <summary>Resolves all that waits and forgets it, so that what comes next has nothing to do with it. The last frame is searched if it was not: those before it are enclosed then.</summary>
    private void Conclude(CancellationToken cancellationToken)
    {
        if (_pending.Count > 0 && _pending.Last() is { IsSearched: false, Live: { IsDecided: false } live } last)
        {
            try
            {
                if (Search(live, cancellationToken) is { } found)
                {
                    // The same frame once more: nothing moves between the two.
                    _tracker!.Add(LumaOf(live.Frame), found);
                    _lastSearch = live.Arrival;
                    _pending.Enqueue(last with { SinceSearch = 0, IsAgain = true });
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception error)
            {
                Fail(error);
            }
        }

        ResolveAll();
        Forget();
    }

    private void Forget() => (_tracker, _stretch, _lastSearch, _lastAttempt) = (null, null, null, null);

    /// <summary>A frame that the tracker has.</summary>
    /// <param name="Live">The frame.</param>
    /// <param name="SearchedBefore">Arrival of the last frame up to it that was searched; null when there was none.</param>
    /// <param name="SinceSearch">How many frames after that it is; 0 when it was searched itself.</param>
    /// <param name="IsAgain">Whether the same frame is before it already, which is the one that is resolved and released.</param>
    private sealed record Pending(LiveFrame Live, TimeSpan? SearchedBefore, int SinceSearch, bool IsAgain = false)
    {
        /// <summary>True when it was searched itself.</summary>
        public bool IsSearched => SearchedBefore is not null && SinceSearch == 0;
    }

    /// <summary>What frames have in common that are followed into one another.</summary>
    private sealed record Stretch(int Connection, int Width, int Height, LiveTiming Timing);
}
