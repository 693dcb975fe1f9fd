using System.Buffers.Binary;

namespace Veil.Video.Nut;

/// <summary>Builds NUT's number formats in memory. Not thread-safe.</summary>
internal sealed class NutOutput
{
    private readonly List<byte> _bytes = [];

    public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);

    public void Clear() => _bytes.Clear();

    public NutOutput Byte(byte value)
    {
        _bytes.Add(value);
        return this;
    }

    public NutOutput Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public NutOutput UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Raw(bytes);
    }

    public NutOutput UInt64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return Raw(bytes);
    }

    /// <summary>Seven bits a byte, most significant first.</summary>
    public NutOutput Variable(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        var shift = 0;
        while (value >> shift > 0x7F)
        {
            shift += 7;
        }

        for (; shift > 0; shift -= 7)
        {
            _bytes.Add((byte)(0x80 | ((value >> shift) & 0x7F)));
        }

        _bytes.Add((byte)(value & 0x7F));
        return this;
    }

    /// <summary>A packet with its checksums.</summary>
    public NutOutput Packet(ulong name, ReadOnlySpan<byte> payload)
    {
        var start = _bytes.Count;
        var length = payload.Length + 4;
        UInt64(name).Variable(length);
        if (length > NutCode.LongPacket)
        {
            UInt32(NutChecksum.Of(Bytes[start..]));
        }

        return Raw(payload).UInt32(NutChecksum.Of(payload));
    }
}
