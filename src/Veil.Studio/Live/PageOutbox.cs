using System.Net.WebSockets;
using System.Threading.Channels;

namespace Veil.Studio.Live;

/// <summary>Messages to the page, sent one after the other. A page that does not keep up misses pictures; nobody waits for it. Thread-safe.</summary>
internal sealed class PageOutbox : IDisposable
{
    private const int MostPictures = 3;
    private const int MostAnswers = 64;

    // Not bounded by itself: a frame is read only when there is room for its answer, and pictures are counted.
    private readonly Channel<byte[]> _waiting = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _answers = new(MostAnswers);
    private int _pictures;

    /// <summary>Waits until there is room for the answer to one more frame.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task WaitForRoomAsync(CancellationToken cancellationToken) => _answers.WaitAsync(cancellationToken);

    /// <summary>Says that a frame waits no more.</summary>
    public void SayTaken(uint number) => _waiting.Writer.TryWrite(LiveMessages.SayTaken(number));

    /// <summary>Sends a picture, unless the page has not taken the last ones yet.</summary>
    public void Show(uint number, ReadOnlySpan<byte> jpeg)
    {
        if (Volatile.Read(ref _pictures) < MostPictures)
        {
            Interlocked.Increment(ref _pictures);
            _waiting.Writer.TryWrite(LiveMessages.Show(number, jpeg));
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
            else
            {
                _answers.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _answers.Dispose();
}
