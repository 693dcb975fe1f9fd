namespace Veil.Video.Live;

/// <summary>
/// The frames between arrival and output, in two orders of work: to be searched, to be shown. Bounded: a frame that finds it
/// full, by its own timing, is refused, and one that was decided is no longer searched. Thread-safe.
/// </summary>
internal sealed class LiveQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<LiveFrame> _toSearch = new();
    private readonly Queue<LiveFrame> _toShow = new();
    private readonly SemaphoreSlim _searchable = new(0);
    private readonly SemaphoreSlim _showable = new(0);
    private bool _ended;

    /// <summary>True once no frame follows those that wait.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_gate)
            {
                return _ended;
            }
        }
    }

    /// <summary>Takes a frame in.</summary>
    /// <returns>False when it is full; the frame stays the caller's.</returns>
    public bool TryAdd(LiveFrame live)
    {
        lock (_gate)
        {
            if (_toShow.Count >= live.Timing.MostWaiting)
            {
                return false;
            }

            ReleaseDecided();
            _toSearch.Enqueue(live);
            _toShow.Enqueue(live);
        }

        Wake();
        _showable.Release();
        return true;
    }

    /// <summary>Says that no frame follows.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
        }

        Wake();
        _showable.Release();
    }

    /// <summary>Lets <see cref="TakeToSearch"/> return though nothing arrived.</summary>
    public void Wake()
    {
        // One that is pending is as good as many.
        if (_searchable.CurrentCount == 0)
        {
            _searchable.Release();
        }
    }

    /// <summary>Waits for something to do.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void WaitToSearch(CancellationToken cancellationToken) => _searchable.Wait(cancellationToken);

    /// <summary>The next frame to search, now the caller's to release; null when there is none.</summary>
    /// <param name="waiting">How many wait behind it.</param>
    public LiveFrame? TakeToSearch(out int waiting)
    {
        lock (_gate)
        {
            ReleaseDecided();
            var found = _toSearch.TryDequeue(out var live);
            waiting = _toSearch.Count;
            return found ? live : null;
        }
    }

    /// <summary>Waits for the oldest frame that was not shown; null when none follows. It stays in line until <see cref="TakeShown"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public LiveFrame? WaitToShow(CancellationToken cancellationToken)
    {
        for (; ; )
        {
            _showable.Wait(cancellationToken);
            lock (_gate)
            {
                if (_toShow.TryPeek(out var live))
                {
                    return live;
                }

                if (_ended)
                {
                    return null;
                }
            }
        }
    }

    /// <summary>Takes the oldest frame out of the line; it is the caller's to release.</summary>
    public LiveFrame TakeShown()
    {
        lock (_gate)
        {
            return _toShow.Dequeue();
        }
    }

    /// <summary>Releases what waits.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var frame in _toShow.Concat(_toSearch))
            {
                frame.Release();
            }

            _toShow.Clear();
            _toSearch.Clear();
            _ended = true;
        }
    }

    /// <summary>Nobody waits for these any more; kept, they would pile up while a search hangs.</summary>
    private void ReleaseDecided()
    {
        while (_toSearch.TryPeek(out var first) && first.IsDecided)
        {
            _toSearch.Dequeue().Release();
        }
    }
}
