using System.Net.WebSockets;

namespace Veil.Studio.Live;

/// <summary>The end of sockets.</summary>
internal static class LiveSockets
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Says why a socket is closed, as far as somebody still listens.</summary>
    public static async Task SayFarewellAsync(this WebSocket socket, LiveClosing why)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(why.Status, why.Reason, patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Nobody listens.
        }
    }

    /// <summary>Waits a while until the page has heard it: a socket that is dropped at once takes the last words with it. Whatever else comes is not looked at.</summary>
    public static async Task AwaitFarewellAsync(this WebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        var unread = new byte[1 << 16];
        try
        {
            while (socket.State == WebSocketState.CloseSent)
            {
                await socket.ReceiveAsync(unread.AsMemory(), patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Nobody listens.
        }
    }
}
