namespace Veil.Studio.Live;

/// <summary>The choice that was made last. Thread-safe.</summary>
internal sealed class LiveChoices
{
    private readonly Lock _gate = new();

    // What cancels has neither timer nor parent, so that it needs no disposal: whoever holds its token may look at it as long as they like.
    private (LiveChoice Choice, CancellationTokenSource Replaced) _latest = (new LiveChoice(), new CancellationTokenSource());

    /// <summary>The last choice, and what is cancelled when it is the last no more.</summary>
    public (LiveChoice Choice, CancellationToken Replaced) Latest
    {
        get
        {
            lock (_gate)
            {
                return (_latest.Choice, _latest.Replaced.Token);
            }
        }
    }

    /// <summary>Makes a choice.</summary>
    public void Make(LiveChoice choice)
    {
        CancellationTokenSource older;
        lock (_gate)
        {
            (older, _latest) = (_latest.Replaced, (choice, new CancellationTokenSource()));
        }

        // Whoever waits for it goes on elsewhere, not here.
        _ = older.CancelAsync();
    }
}
