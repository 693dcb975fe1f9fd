using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using Veil.Imaging;

namespace Veil.Studio.Tests.Live;

/// <summary>A page's end of the socket: counts what comes, and looks at every picture.</summary>
internal sealed class RoomVisitor : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly Task _listening;
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentDictionary<uint, int> _taken = new();
    private int _covered;
    private int _grey;
    private int _width;
    private int _shade;
    private int _rim;

    public RoomVisitor(ClientWebSocket socket)
    {
        _socket = socket;
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>Pictures in which the place is covered.</summary>
    public int Covered => Volatile.Read(ref _covered);

    /// <summary>Pictures that are grey all over.</summary>
    public int Grey => Volatile.Read(ref _grey);

    /// <summary>Frames that the studio said it took, and how often.</summary>
    public IReadOnlyDictionary<uint, int> Taken => _taken;

    /// <summary>Columns of the last picture.</summary>
    public int LastWidth => Volatile.Read(ref _width);

    /// <summary>How bright the place was in the last picture.</summary>
    public int LastShade => Volatile.Read(ref _shade);

    /// <summary>Between the darkest and the brightest value left of the place, in the last picture that was not grey: noise has all of them.</summary>
    public int LastRim => Volatile.Read(ref _rim);

    /// <summary>What was seen that may not be seen.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Why the socket was closed.</summary>
    public string? Reason => _listening.IsCompleted ? _socket.CloseStatusDescription ?? "gone" : null;

    public Task SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type = WebSocketMessageType.Binary) => _socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None).AsTask();

    /// <summary>Sends frames at a camera's rate, until a condition holds.</summary>
    public async Task SendUntilAsync(byte[] frame, Func<bool> condition, uint first = 1)
    {
        var until = DateTime.UtcNow + Eventually.Patience;
        for (var number = first; !condition(); number++)
        {
            Assert.True(DateTime.UtcNow < until, "patience is over");
            await SendAsync(RunningRoom.Message(number, frame));
            await Task.Delay(30);
        }
    }

    /// <summary>Says goodbye as a browser does, and waits for the answer.</summary>
    public async Task LeaveAsync()
    {
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        await _listening.WaitAsync(Eventually.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _listening;
        _socket.Dispose();
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
                    return;
                }

                Look(buffer.AsSpan(0, length));
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Aborted at either end.
        }
    }

    private void Look(ReadOnlySpan<byte> message)
    {
        if (message[0] == 1)
        {
            _taken.AddOrUpdate(BinaryPrimitives.ReadUInt32LittleEndian(message[1..]), 1, (_, count) => count + 1);
            return;
        }

        using var picture = Picture.Decode(message[5..]);
        Look(picture.Frame(0));
    }

    private void Look(PixelBuffer pixels)
    {
        Volatile.Write(ref _width, pixels.Width);
        Volatile.Write(ref _shade, pixels.Row(pixels.Height / 2)[pixels.Width / 2 * 3]);
        var (inside, outside) = (Spread(pixels, (0.38, 0.62), (0.38, 0.62)), Spread(pixels, (0, 1), (0, 1)));
        if (inside > 40)
        {
            _wrong.Enqueue($"the place shows: {inside} in {pixels.Width}x{pixels.Height}");
        }
        else if (outside < 40)
        {
            Interlocked.Increment(ref _grey);
        }
        else
        {
            Volatile.Write(ref _rim, Spread(pixels, (0.1, 0.16), (0.4, 0.6)));
            Interlocked.Increment(ref _covered);
        }
    }

    // Between the darkest and the brightest value: noise has all of them.
    private static int Spread(PixelBuffer pixels, (double From, double To) columns, (double From, double To) rows)
    {
        var (least, most) = (255, 0);
        for (var y = (int)(rows.From * pixels.Height); y < (int)(rows.To * pixels.Height); y++)
        {
            foreach (var value in pixels.Row(y)[((int)(columns.From * pixels.Width) * 3)..((int)(columns.To * pixels.Width) * 3)])
            {
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }
        }

        return most - least;
    }
}
