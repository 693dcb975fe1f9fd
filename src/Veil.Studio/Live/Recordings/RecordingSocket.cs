using System.Net.WebSockets;
using Veil.Studio.Jobs;

namespace Veil.Studio.Live.Recordings;

/// <summary>
/// Takes a recording in as it is made: each binary message is a part of the file, in order, and a text message says that there are no more. A page that
/// breaks off has lost what was under way; all that came before is kept. The socket's last word has the name to save it by.
/// </summary>
/// <param name="socket">The socket.</param>
/// <param name="recordings">Where it goes.</param>
/// <param name="kind">What it is.</param>
internal sealed class RecordingSocket(WebSocket socket, LiveRecordings recordings, RecordingKind kind)
{
    private const int FirstBytes = 8;

    private readonly byte[] _piece = new byte[1 << 16];

    /// <summary>Serves until the recording ends, however.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; what came is kept.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (name, closing) = await WriteAsync(cancellationToken).ConfigureAwait(false);
        if (name is not null)
        {
            await recordings.FinishAsync(name, cancellationToken).ConfigureAwait(false);
        }

        await socket.SayFarewellAsync(closing with { Reason = $"{closing.Reason} {name}" }).ConfigureAwait(false);
        await socket.AwaitFarewellAsync().ConfigureAwait(false);
    }

    private async Task<(string? Name, LiveClosing Closing)> WriteAsync(CancellationToken cancellationToken)
    {
        RecordingFile? file = null;
        var closing = LiveClosing.Ended;
        try
        {
            file = recordings.Begin(kind);
            closing = await ReceiveAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failed) when (StorageErrors.IsStorage(failed))
        {
            closing = LiveClosing.NoRoom;
        }
        catch (WebSocketException)
        {
            // The page is gone without a word.
        }
        finally
        {
            if (file is not null)
            {
                await file.DisposeAsync().ConfigureAwait(false);
            }
        }

        return (file?.Name, closing);
    }

    private async Task<LiveClosing> ReceiveAsync(RecordingFile file, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (count, isLast, type) = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (type != WebSocketMessageType.Binary)
            {
                return LiveClosing.Ended;
            }

            if (file.IsEmpty && !IsRecording(_piece.AsSpan(0, count)))
            {
                return LiveClosing.NotARecording;
            }

            if (!recordings.HasRoom)
            {
                return LiveClosing.NoRoom;
            }

            await file.WriteAsync(_piece.AsMemory(0, count)).ConfigureAwait(false);
            if (isLast)
            {
                file.EndPart();
            }
        }
    }

    private async Task<(int Count, bool IsLast, WebSocketMessageType Type)> ReadAsync(CancellationToken cancellationToken)
    {
        for (var count = 0; ;)
        {
            var read = await socket.ReceiveAsync(_piece.AsMemory(count), cancellationToken).ConfigureAwait(false);
            count += read.Count;
            if (read.EndOfMessage || count >= FirstBytes)
            {
                return (count, read.EndOfMessage, read.MessageType);
            }
        }
    }

    private bool IsRecording(ReadOnlySpan<byte> first) => kind == RecordingKind.Mp4
        ? first.Length >= FirstBytes && first[4..].StartsWith("ftyp"u8)
        : first.StartsWith((ReadOnlySpan<byte>)[0x1a, 0x45, 0xdf, 0xa3]);
}
