using System.Buffers.Binary;

namespace Veil.Video.Nut;

/// <summary>Reads NUT's number formats from a stream. Not thread-safe.</summary>
internal sealed class NutInput(Stream stream)
{
    /// <summary>The next byte, or -1 at the end.</summary>
    public int TryReadByte() => stream.ReadByte();

    public byte ReadByte() => stream.ReadByte() is >= 0 and var value ? (byte)value : throw Short();

    public ulong ReadUInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Seven bits a byte, most significant first; the top bit says that more follow.</summary>
    public long ReadVariable()
    {
        long value = 0;
        for (var i = 0; i < 9; i++)
        {
            var next = ReadByte();
            value = (value << 7) | (uint)(next & 0x7F);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new NutFormatException("Expected a number of up to 63 bits.");
    }

    /// <summary>Signed numbers: 0, 1, -1, 2, -2 … are coded as 0, 1, 2, 3, 4 …</summary>
    public long ReadSigned()
    {
        var value = ReadVariable() + 1;
        return (value & 1) != 0 ? -(value >> 1) : value >> 1;
    }

    public void Fill(Span<byte> target)
    {
        try
        {
            stream.ReadExactly(target);
        }
        catch (EndOfStreamException)
        {
            throw Short();
        }
    }

    public void Skip(long count)
    {
        Span<byte> bin = stackalloc byte[256];
        while (count > 0)
        {
            var part = bin[..(int)Math.Min(count, bin.Length)];
            Fill(part);
            count -= part.Length;
        }
    }

    private static NutFormatException Short() => new("The stream of frames ends amid a packet.");
}
