using System.Buffers;

namespace Veil.Studio.Live;

/// <summary>A frame as it came from the page. Its memory is lent.</summary>
internal sealed class CameraFrame : IDisposable
{
    private readonly int _length;
    private byte[]? _bytes;

    /// <summary>Copies a frame out of a message.</summary>
    /// <param name="message">With header.</param>
    public CameraFrame(ReadOnlySpan<byte> message)
    {
        var coded = message[LiveMessages.FrameHeader..];
        (Number, _length, _bytes) = (LiveMessages.NumberOf(message), coded.Length, ArrayPool<byte>.Shared.Rent(coded.Length));
        coded.CopyTo(_bytes);
    }

    /// <summary>The page's number of it.</summary>
    public uint Number { get; }

    /// <summary>The frame, as planes or as JPEG.</summary>
    public ReadOnlySpan<byte> Coded => _bytes.AsSpan(0, _length);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            // It shows a person: what rents the memory next may be anything.
            bytes.AsSpan(0, _length).Clear();
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
