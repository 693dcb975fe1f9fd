using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace Veil.Studio.Live;

/// <summary>Messages to the page, sent one after the other. A page that does not keep up misses pictures; nobody waits for it. Thread-safe.</summary>
internal sealed class PageOutbox : IDisposable
{
    private const int MostPictures = 3;
    private const int MostAnswers = 64;

    // Not bounded by itself: a frame is read only when there is room for its answer, and pictures are counted.
    private readonly Channel<Message> _waiting = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _answers = new(MostAnswers);
    private int _pictures;

    /// <summary>Waits until there is room for the answer to one more frame.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task WaitForRoomAsync(CancellationToken cancellationToken) => _answers.WaitAsync(cancellationToken);

    /// <summary>Says that a frame waits no more.</summary>
    public void SayTaken(uint number) => _waiting.Writer.TryWrite(new Message(LiveMessages.SayTaken(number), LiveMessages.PictureHeader));

    /// <summary>Whether a picture would be sent: not while the page has not taken the last ones yet.</summary>
    public bool HasRoom => Volatile.Read(ref _pictures) < MostPictures;

    /// <summary>Sends a picture, unless there is no room.</summary>
    /// <param name="number">Of the frame.</param>
    /// <param name="coding">How it is coded.</param>
    /// <param name="head">The coded frame's beginning.</param>
    /// <param name="rest">What follows.</param>
    public void Show(uint number, PictureCoding coding, ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest)
    {
        if (!HasRoom)
        {
            return;
        }

        // Planes are large: their memory is lent, anew for every frame.
        var length = LiveMessages.PictureHeader + head.Length + rest.Length;
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        LiveMessages.BeginPicture(bytes, number, coding);
        head.CopyTo(bytes.AsSpan(LiveMessages.PictureHeader));
        rest.CopyTo(bytes.AsSpan(LiveMessages.PictureHeader + head.Length));
        Interlocked.Increment(ref _pictures);
        _waiting.Writer.TryWrite(new Message(bytes, length));
    }

    /// <summary>Sends until cancelled or the page is gone.</summary>
    public async Task RunAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        await foreach (var message in _waiting.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            // Not cancelled halfway, which would break the socket before anything can be said: whoever ends it does so by aborting it.
            await socket.SendAsync(message.Bytes.AsMemory(0, message.Length), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
            if (LiveMessages.IsPicture(message.Bytes))
            {
                // What is left when the page is gone is the collector's.
                ArrayPool<byte>.Shared.Return(message.Bytes);
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

    private readonly record struct Message(byte[] Bytes, int Length);
}
