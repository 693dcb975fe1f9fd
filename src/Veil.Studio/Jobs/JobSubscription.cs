using System.Threading.Channels;

namespace Veil.Studio.Jobs;

/// <summary>Waits for signals; one that came while nobody waited is not lost. For one waiter; disposing ends it.</summary>
internal sealed class JobSubscription(Action<JobSubscription> leave) : IDisposable
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the waiter, or the next one.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Waits for a signal, or until it is time to look anyway.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var signal = _signal.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(signal, Task.Delay(atMost, time, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        _signal.Reader.TryRead(out _);
    }

    /// <inheritdoc/>
    public void Dispose() => leave(this);
}
