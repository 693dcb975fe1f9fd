using System.Net.WebSockets;

namespace Veil.Studio.Live;

/// <summary>Reads frames from a page's socket. Whatever a page of the studio would not send ends the socket.</summary>
/// <param name="socket">The socket.</param>
/// <param name="feed">Where frames go.</param>
/// <param name="outbox">Where answers wait: while there is no room for one more, nothing is read.</param>
internal sealed class PageInbox(WebSocket socket, CameraFeed feed, PageOutbox outbox)
{
    private const int FirstSize = 256 << 10;

    private byte[] _message = new byte[FirstSize];
    private long _last = -1;

    /// <summary>Reads until the page closes the socket or breaks a rule.</summary>
    /// <returns>Why it ended.</returns>
    /// <param name="cancellationToken">Ends the waiting for room; waiting for a message ends with the socket.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<LiveClosing> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await outbox.WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
                var (length, broken) = await ReadAsync().ConfigureAwait(false);
                if ((broken ?? Accept(_message.AsSpan(0, length))) is { } closing)
                {
                    return closing;
                }
            }
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException)
        {
            // The page is gone without a word, or the socket was aborted.
        }

        return LiveClosing.Ended;
    }

    private LiveClosing? Accept(ReadOnlySpan<byte> message)
    {
        if (!LiveMessages.IsFrame(message))
        {
            return LiveClosing.NotAFrame;
        }

        var number = LiveMessages.NumberOf(message);
        if (number <= _last)
        {
            return LiveClosing.WrongOrder;
        }

        _last = number;
        feed.Add(new CameraFrame(message));
        return null;
    }

    private async Task<(int Length, LiveClosing? Broken)> ReadAsync()
    {
        for (var length = 0; ;)
        {
            var part = await socket.ReceiveAsync(_message.AsMemory(length), CancellationToken.None).ConfigureAwait(false);
            if (part.MessageType != WebSocketMessageType.Binary)
            {
                return (0, part.MessageType == WebSocketMessageType.Close ? LiveClosing.Ended : LiveClosing.NotBinary);
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return (length, null);
            }

            if (length == _message.Length)
            {
                if (length >= LiveMessages.LargestFrame)
                {
                    return (0, LiveClosing.TooLarge);
                }

                Array.Resize(ref _message, 2 * length);
            }
        }
    }
}
