using System.Numerics;

namespace Veil.Imaging.Avif;

/// <summary>Finds base_q_idx of an AV1 still picture (AV1 specification, sections 5.3, 5.5, 5.9 and 5.9.15).</summary>
internal static class Av1Quantiser
{
    private const int SequenceHeader = 1;
    private const int FrameHeader = 3;
    private const int Frame = 6;

    /// <summary>The index, 0..255; null for streams with a full sequence header, as video has, or broken ones.</summary>
    /// <param name="stream">Open bitstream units, one after the other.</param>
    public static int? ReadIndex(ReadOnlySpan<byte> stream)
    {
        Sequence? sequence = null;
        while (stream.Length > 2)
        {
            var header = stream[0];
            var at = (header & 0b100) != 0 ? 2 : 1;
            long size = 0;
            for (var shift = 0; ; shift += 7)
            {
                if (at >= stream.Length || shift > 28)
                {
                    return null;
                }

                size |= (long)(stream[at] & 0x7F) << shift;
                if ((stream[at++] & 0x80) == 0)
                {
                    break;
                }
            }

            if ((header & 0b10) == 0 || size > stream.Length - at)
            {
                return null;
            }

            var unit = new BitReader(stream.Slice(at, (int)size));
            switch ((header >> 3) & 0xF)
            {
                case SequenceHeader:
                    sequence = ReadSequence(ref unit);
                    break;
                case FrameHeader or Frame:
                    return sequence is { } known ? ReadFrame(ref unit, known) : null;
            }

            stream = stream[(at + (int)size)..];
        }

        return null;
    }

    private static Sequence? ReadSequence(ref BitReader bits)
    {
        bits.Read(3);
        bits.Read(1);
        if (bits.Read(1) == 0)
        {
            return null;
        }

        bits.Read(5);
        var (widthBits, heightBits) = (bits.Read(4) + 1, bits.Read(4) + 1);
        var (width, height) = (bits.Read(widthBits) + 1, bits.Read(heightBits) + 1);
        var largeBlocks = bits.Read(1) == 1;
        bits.Read(2);
        return new Sequence(width, height, largeBlocks, bits.Read(1) == 1);
    }

    private static int? ReadFrame(ref BitReader bits, Sequence sequence)
    {
        bits.Read(1);
        var screenContent = bits.Read(1) == 1;
        if (screenContent)
        {
            bits.Read(1);
        }

        var scaled = sequence.HasSuperResolution && bits.Read(1) == 1;
        if (scaled)
        {
            bits.Read(3);
        }

        if (bits.Read(1) == 1)
        {
            bits.Read(16);
            bits.Read(16);
        }

        if (screenContent && !scaled)
        {
            bits.Read(1);
        }

        if (!SkipTiles(ref bits, sequence))
        {
            return null;
        }

        var index = bits.Read(8);
        return bits.IsExhausted ? null : index;
    }

    // Only evenly spaced tiles, which is what still pictures have.
    private static bool SkipTiles(ref BitReader bits, Sequence sequence)
    {
        var size = sequence.HasLargeBlocks ? 128 : 64;
        var (columns, rows) = ((sequence.Width + size - 1) / size, (sequence.Height + size - 1) / size);
        var leastColumns = Log2(4096 / size, columns);
        var leastTiles = Math.Max(leastColumns, Log2(4096 * 2304 / (size * size), columns * rows));
        if (bits.Read(1) == 0)
        {
            return false;
        }

        var columnBits = ReadIncrements(ref bits, leastColumns, Log2(1, Math.Min(columns, 64)));
        var tileWidth = (columns + (1 << columnBits) - 1) >> columnBits;
        columnBits = Log2(1, (columns + tileWidth - 1) / tileWidth);
        var rowBits = ReadIncrements(ref bits, Math.Max(leastTiles - columnBits, 0), Log2(1, Math.Min(rows, 64)));
        if (columnBits + rowBits > 0)
        {
            bits.Read(columnBits + rowBits);
            bits.Read(2);
        }

        return true;
    }

    private static int ReadIncrements(ref BitReader bits, int least, int most)
    {
        var value = least;
        while (value < most && bits.Read(1) == 1)
        {
            value++;
        }

        return value;
    }

    // The smallest k with size · 2^k ≥ target.
    private static int Log2(int size, int target) => size >= target ? 0 : 32 - BitOperations.LeadingZeroCount((uint)((target + size - 1) / size) - 1);

    private readonly record struct Sequence(int Width, int Height, bool HasLargeBlocks, bool HasSuperResolution);

    private ref struct BitReader(ReadOnlySpan<byte> data)
    {
        private readonly ReadOnlySpan<byte> _data = data;
        private int _at;

        /// <summary>True once more was asked for than there is; the missing bits read as 0.</summary>
        public readonly bool IsExhausted => _at > _data.Length * 8;

        public int Read(int count)
        {
            var value = 0;
            for (; count > 0; count--, _at++)
            {
                var bit = _at < _data.Length * 8 ? (_data[_at >> 3] >> (7 - (_at & 7))) & 1 : 0;
                value = (value << 1) | bit;
            }

            return value;
        }
    }
}
