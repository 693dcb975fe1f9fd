using System.Net.WebSockets;
using System.Threading.Channels;

namespace Veil.Studio.Live;

/// <summary>Messages to the page, sent one after the other. A page that does not keep up misses pictures; nobody waits for it. Thread-safe.</summary>
internal sealed class PageOutbox
{
    private const int MostPictures = 3;
    private const int MostMessages = 64;

    private readonly Channel<byte[]> _waiting = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostMessages) { SingleReader = true });
    private int _pictures;

    /// <summary>Whether there is room for an answer; while there is none, no further frame is read from the socket.</summary>
    public ValueTask<bool> HasRoomAsync(CancellationToken cancellationToken) => _waiting.Writer.WaitToWriteAsync(cancellationToken);

    /// <summary>Says that a frame waits no more.</summary>
    public void SayTaken(uint number) => _waiting.Writer.TryWrite(LiveMessages.SayTaken(number));

    /// <summary>Sends a picture, unless the page has not taken the last ones yet.</summary>
    public void Show(uint number, ReadOnlySpan<byte> jpeg)
    {
        if (Volatile.Read(ref _pictures) < MostPictures && _waiting.Writer.TryWrite(LiveMessages.Show(number, jpeg)))
        {
            Interlocked.Increment(ref _pictures);
        }
    }

    /// <summary>Sends until cancelled or the page is gone.</summary>
    public async Task RunAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        await foreach (var message in _waiting.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            // Not cancelled halfway, which would break the socket before anything can be said: whoever ends it does so by aborting it.
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
            if (LiveMessages.IsPicture(message))
            {
                Interlocked.Decrement(ref _pictures);
            }
        }
    }
}
