using Veil.Errors;

namespace Veil.Onnx.TensorFlowJs;

/// <summary>Reads shards as if they were one file: a tensor may begin in one and end in the next. Not thread-safe.</summary>
/// <param name="where">Place for messages.</param>
/// <param name="shards">In their order.</param>
internal sealed class ShardReader(string where, IReadOnlyList<byte[]> shards)
{
    private int _shard;
    private int _offset;

    /// <summary>Bytes that were not read yet.</summary>
    public long Remaining { get; private set; } = shards.Sum(shard => (long)shard.Length);

    /// <summary>The next bytes.</summary>
    /// <param name="length">How many.</param>
    /// <param name="what">What they are, for messages.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: the shards end before; nothing is allocated then.</exception>
    public byte[] Read(long length, string what)
    {
        if (length > Math.Min(Remaining, Array.MaxLength))
        {
            throw new VeilException(
                VeilErrorCode.InvalidModel, $"{where}: expected {length} bytes for {what}, but the shards hold {Remaining} more.", "A shard is missing, truncated or of another model.");
        }

        var bytes = new byte[length];
        for (var rest = bytes.AsSpan(); rest.Length > 0;)
        {
            var part = shards[_shard].AsSpan(_offset);
            part = part[..Math.Min(part.Length, rest.Length)];
            part.CopyTo(rest);
            rest = rest[part.Length..];
            _offset += part.Length;
            if (_offset == shards[_shard].Length)
            {
                (_shard, _offset) = (_shard + 1, 0);
            }
        }

        Remaining -= length;
        return bytes;
    }
}
