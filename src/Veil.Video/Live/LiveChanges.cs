namespace Veil.Video.Live;

/// <summary>
/// What may change while a session runs. Each of its threads looks here between two frames, so that none is half old and half new. Thread-safe.
/// </summary>
/// <param name="timing">The first.</param>
/// <param name="finding">The first.</param>
internal sealed class LiveChanges(LiveTiming timing, LiveFinding finding) : IDisposable
{
    private readonly Lock _gate = new();
    private volatile LiveTiming _timing = timing;
    private LiveFinding _latest = finding;
    private (LiveFinding Finding, TaskCompletionSource Taken)? _next;
    private bool _ended;

    /// <summary>Of the frames that arrive from now on; each keeps its own.</summary>
    public LiveTiming Timing
    {
        get => _timing;
        set => _timing = value;
    }

    /// <summary>Wakes whoever looks for changes though no frame comes.</summary>
    public Action Wake { get; set; } = static () => { };

    /// <summary>Changes the cover alone, where what finds regions now, or is to from the next frame on, serves a treatment as well.</summary>
    public bool TryCover(LiveTreatment treatment, LiveCover cover)
    {
        lock (_gate)
        {
            if (!_latest.Serves(treatment))
            {
                return false;
            }

            _latest.Cover = cover;
            return true;
        }
    }

    /// <summary>Lets another finding take over with the next frame; one that waits already is forgotten.</summary>
    /// <returns>Done when it took over; cancelled when it never will.</returns>
    public Task Follow(LiveFinding finding)
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ForgetNext();
            if (_ended)
            {
                finding.Dispose();
                taken.SetCanceled();
                return taken.Task;
            }

            (_latest, _next) = (finding, (finding, taken));
        }

        Wake();
        return taken.Task;
    }

    /// <summary>The finding that is to take over, once; null for none. Called by what searches, which uses it from then on.</summary>
    public LiveFinding? TakeNext()
    {
        lock (_gate)
        {
            if (_next is not { } next)
            {
                return null;
            }

            _next = null;
            next.Taken.SetResult();
            return next.Finding;
        }
    }

    /// <summary>Nothing takes over any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            ForgetNext();
        }
    }

    private void ForgetNext()
    {
        if (_next is { } next)
        {
            _next = null;
            next.Taken.SetCanceled();
            next.Finding.Dispose();
        }
    }
}
