using System.Buffers.Binary;

namespace Veil.Imaging.Tiff;

/// <summary>
/// Reads what Veil needs of a TIFF's directories (TIFF 6.0, section 2; BigTIFF likewise): the compression of the first
/// page, and whether all pages are alike. Never throws: what is broken is left to the decoder.
/// </summary>
internal static class TiffHeader
{
    private const int MostPages = 100_000;

    /// <summary>The compression of the first page and whether every page has its size, depth and channels.</summary>
    public static (TiffCompression Compression, bool PagesAlike) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 16)
        {
            return (TiffCompression.Deflate, false);
        }

        var reader = new Reader(file);
        var offset = reader.FirstDirectory;
        Page? first = null;
        for (var count = 0; offset > 0 && offset < file.Length && count < MostPages; count++)
        {
            var page = reader.ReadPage(offset, out offset);
            first ??= page;
            if (page with { Compression = first.Value.Compression } != first)
            {
                return (Map(first.Value.Compression), false);
            }
        }

        return (Map(first?.Compression ?? 0), true);
    }

    private static TiffCompression Map(long code) => code switch
    {
        1 => TiffCompression.None,
        5 => TiffCompression.Lzw,
        6 or 7 => TiffCompression.Jpeg,
        32773 => TiffCompression.PackBits,
        _ => TiffCompression.Deflate,
    };

    private readonly record struct Page(long Width, long Height, long Bits, long Photometric, long Channels, long Orientation, long Compression);

    private readonly ref struct Reader
    {
        private readonly ReadOnlySpan<byte> _file;
        private readonly bool _little;
        private readonly bool _big;

        public Reader(ReadOnlySpan<byte> file)
        {
            _file = file;
            _little = file[0] == 'I';
            _big = Number(2, 2) == 43;
            FirstDirectory = _big ? Number(8, 8) : Number(4, 4);
        }

        public long FirstDirectory { get; }

        public Page ReadPage(long offset, out long next)
        {
            var (countSize, entrySize, valueAt) = _big ? (8, 20, 12) : (2, 12, 8);
            var entries = Math.Min(Number(offset, countSize), ushort.MaxValue);
            var page = new Page(0, 0, 1, 0, 1, 1, 1);
            var at = offset + countSize;
            for (long i = 0; i < entries; i++, at += entrySize)
            {
                var value = Value(at, valueAt);
                page = Number(at, 2) switch
                {
                    256 => page with { Width = value },
                    257 => page with { Height = value },
                    258 => page with { Bits = value },
                    259 => page with { Compression = value },
                    262 => page with { Photometric = value },
                    274 => page with { Orientation = value },
                    277 => page with { Channels = value },
                    _ => page,
                };
            }

            next = Number(at, _big ? 8 : 4);
            return page;
        }

        // The first value of an entry: in place when all of them fit, otherwise where the entry points.
        private long Value(long entry, int valueAt)
        {
            var size = Number(entry + 2, 2) switch { 1 or 2 => 1, 3 => 2, 4 => 4, 16 => 8, _ => 0 };
            var count = Number(entry + 4, valueAt - 4);
            var room = _big ? 8 : 4;
            var at = count > room || count * size > room ? Number(entry + valueAt, room) : entry + valueAt;
            return size == 0 ? 0 : Number(at, size);
        }

        private long Number(long at, int size)
        {
            if (at < 0 || at + size > _file.Length)
            {
                return 0;
            }

            var bytes = _file.Slice((int)at, size);
            return size switch
            {
                1 => bytes[0],
                2 => _little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes),
                4 => _little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes),
                _ => _little ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : BinaryPrimitives.ReadInt64BigEndian(bytes),
            };
        }
    }
}
