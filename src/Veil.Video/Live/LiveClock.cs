namespace Veil.Video.Live;

/// <summary>Time from the start of a session. Thread-safe.</summary>
/// <param name="time">What tells it.</param>
internal sealed class LiveClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>What tells it.</summary>
    public TimeProvider Provider => time;

    /// <summary>From the start of the session.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Waits until then; returns at once when that is past.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void WaitUntil(TimeSpan then, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wait = then - Now;
        if (wait > TimeSpan.Zero)
        {
            Task.Delay(wait, time, cancellationToken).GetAwaiter().GetResult();
        }
    }
}
