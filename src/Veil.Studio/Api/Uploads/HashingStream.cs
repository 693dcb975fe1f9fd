using System.Security.Cryptography;

namespace Veil.Studio.Api.Uploads;

/// <summary>Reads a body and takes its bytes into a digest on the way.</summary>
/// <param name="inner">Belongs to the caller.</param>
/// <param name="digest">Belongs to the caller.</param>
internal sealed class HashingStream(Stream inner, IncrementalHash digest) : ReadOnlyBody
{
    /// <summary>Bytes so far.</summary>
    public long BytesRead { get; private set; }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        digest.AppendData(buffer.Span[..read]);
        BytesRead += read;
        return read;
    }
}
