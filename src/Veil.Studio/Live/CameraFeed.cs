using System.Threading.Channels;

namespace Veil.Studio.Live;

/// <summary>Frames between the socket and the session: a few, the oldest of which makes room for a new one. Thread-safe.</summary>
/// <param name="taken">Told the number of each frame that waits no more, shown or not.</param>
internal sealed class CameraFeed(Action<uint> taken) : IDisposable
{
    private const int MostWaiting = 3;

    private readonly Channel<CameraFrame> _waiting = Channel.CreateBounded<CameraFrame>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest }, dropped =>
        {
            dropped.Dispose();
            taken(dropped.Number);
        });

    /// <summary>Takes a frame over.</summary>
    public void Add(CameraFrame frame)
    {
        if (!_waiting.Writer.TryWrite(frame))
        {
            frame.Dispose();
        }
    }

    /// <summary>Waits for the next frame, which is the caller's from then on.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ChannelClosedException">None follows.</exception>
    public CameraFrame Take(CancellationToken cancellationToken)
    {
        var frame = _waiting.Reader.ReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
        taken(frame.Number);
        return frame;
    }

    /// <summary>No frame follows; those that wait are forgotten.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        while (_waiting.Reader.TryRead(out var frame))
        {
            frame.Dispose();
        }
    }
}
