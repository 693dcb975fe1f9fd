using System.Buffers.Binary;

namespace Veil.Imaging.Metadata.Exif;

/// <summary>
/// The directories of a TIFF file or an EXIF block (TIFF 6.0, section 2; BigTIFF). Made for hostile input: every offset is
/// checked, no directory is read twice, depth and numbers are bounded, and what does not fit is left out. Never throws.
/// Values stay where they are: nothing is copied, so fields that share a value cost nothing.
/// </summary>
internal sealed class TiffStructure
{
    private const int MostDirectories = 10_000;
    private const int MostFields = 200_000;
    private const int MostBelowOne = 64;
    private const int MostPixelPlaces = 4_000_000;
    private const int Deepest = 6;
    private readonly List<TiffDirectory> _directories = [];
    private readonly HashSet<long> _visited = [];
    private readonly bool _big;
    private int _fields;
    private int _pixelPlaces;

    private TiffStructure(bool isLittleEndian, bool big) => (IsLittleEndian, _big) = (isLittleEndian, big);

    /// <summary>The byte order.</summary>
    public bool IsLittleEndian { get; }

    /// <summary>Every directory that could be read; the main one, if any, is the first.</summary>
    public IReadOnlyList<TiffDirectory> Directories => _directories;

    /// <summary>The end of the last byte that a directory, a value, or the pixels take.</summary>
    public long End { get; private set; }

    /// <summary>Reads a structure; null when it does not start as one.</summary>
    public static TiffStructure? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not ([(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..]) || bytes.Length < 8)
        {
            return null;
        }

        var structure = new TiffStructure(bytes[0] == 'I', bytes[2] == 43 || bytes[3] == 43);
        structure.ReadChain(bytes, structure._big ? structure.Number(bytes, 8, 8) : structure.Number(bytes, 4, 4), DirectoryKind.Main, 0);
        return structure;
    }

    /// <summary>The first directory of a kind.</summary>
    public TiffDirectory? Find(DirectoryKind kind) => _directories.Find(directory => directory.Kind == kind);

    /// <summary>A whole number from a field; null where it has none there.</summary>
    public long? Integer(ReadOnlySpan<byte> bytes, TiffField field, int index = 0)
    {
        var size = field.Type switch { TiffType.Byte => 1, TiffType.Short => 2, TiffType.Long or TiffType.Directory => 4, TiffType.Long8 or TiffType.Directory8 => 8, _ => 0 };
        return size == 0 || index >= field.Count ? null : Number(bytes, field.Offset + ((long)index * size), size);
    }

    /// <summary>A fraction from a field of rationals; null where it has none there.</summary>
    public double? Fraction(ReadOnlySpan<byte> bytes, TiffField field, int index = 0)
    {
        if (field.Type is not (TiffType.Rational or TiffType.SRational) || index >= field.Count)
        {
            return null;
        }

        var at = field.Offset + (8L * index);
        var (over, under) = (Number(bytes, at, 4), Number(bytes, at + 4, 4));
        if (field.Type == TiffType.SRational)
        {
            (over, under) = ((int)over, (int)under);
        }

        return under == 0 ? null : (double)over / under;
    }

    private static int SizeOf(TiffType type) => type switch
    {
        TiffType.Byte or TiffType.Ascii or TiffType.SByte or TiffType.Undefined or TiffType.Utf8 => 1,
        TiffType.Short or TiffType.SShort => 2,
        TiffType.Long or TiffType.SLong or TiffType.Float or TiffType.Directory => 4,
        TiffType.Rational or TiffType.SRational or TiffType.Double or TiffType.Long8 or TiffType.SLong8 or TiffType.Directory8 => 8,
        _ => 0,
    };

    private void ReadChain(ReadOnlySpan<byte> bytes, long offset, DirectoryKind kind, int depth)
    {
        while (offset > 0 && offset < bytes.Length && depth <= Deepest && _directories.Count < MostDirectories && _visited.Add(offset))
        {
            var fields = ReadFields(bytes, offset, out var next);
            _directories.Add(new TiffDirectory(kind, fields));
            AddPixels(bytes, fields);
            foreach (var field in fields)
            {
                ReadBelow(bytes, field, depth);
            }

            // Only main directories form a chain; what follows another is not specified and would be read as pages.
            if (kind is not (DirectoryKind.Main or DirectoryKind.Next))
            {
                return;
            }

            (offset, kind) = (next, DirectoryKind.Next);
        }
    }

    private void ReadBelow(ReadOnlySpan<byte> bytes, TiffField field, int depth)
    {
        var kind = field.Tag switch
        {
            ExifTags.ExifDirectory => DirectoryKind.Exif,
            ExifTags.GpsDirectory => DirectoryKind.Gps,
            ExifTags.InteroperabilityDirectory => DirectoryKind.Interoperability,
            ExifTags.SubDirectories => DirectoryKind.Sub,
            _ => DirectoryKind.Main,
        };
        for (var i = 0; kind != DirectoryKind.Main && i < Math.Min(field.Count, MostBelowOne); i++)
        {
            ReadChain(bytes, Integer(bytes, field, i) ?? 0, kind, depth + 1);
        }
    }

    private List<TiffField> ReadFields(ReadOnlySpan<byte> bytes, long offset, out long next)
    {
        var (countSize, entrySize, room) = _big ? (8, 20, 8) : (2, 12, 4);
        var count = Number(bytes, offset, countSize);
        var at = offset + countSize;
        count = Math.Clamp(count, 0, Math.Min(MostFields - _fields, (bytes.Length - at) / entrySize));
        var fields = new List<TiffField>((int)Math.Min(count, 256));
        for (var i = 0; i < count; i++, at += entrySize)
        {
            var type = (TiffType)Number(bytes, at + 2, 2);
            var values = Number(bytes, at + 4, room);
            var size = SizeOf(type);
            if (size == 0 || values <= 0 || values > bytes.Length / size)
            {
                continue;
            }

            var valueAt = at + 4 + room;
            var start = values * size <= room ? valueAt : Number(bytes, valueAt, room);
            if (start < 0 || start > bytes.Length - (values * size))
            {
                continue;
            }

            fields.Add(new TiffField((ushort)Number(bytes, at, 2), type, (int)values, (int)start, (int)(values * size)));
            End = Math.Max(End, start + (values * size));
        }

        _fields += (int)count;
        next = Number(bytes, at, room);
        End = Math.Max(End, Math.Min(at + room, bytes.Length));
        return fields;
    }

    // Strips, tiles and the old JPEG interchange stream are named by pairs of fields: offsets and lengths.
    private void AddPixels(ReadOnlySpan<byte> bytes, List<TiffField> fields)
    {
        foreach (var (offsets, lengths) in ExifTags.PixelPlaces)
        {
            var (from, size) = (fields.Find(field => field.Tag == offsets), fields.Find(field => field.Tag == lengths));
            for (var i = 0; i < Math.Min(from.Count, size.Count) && _pixelPlaces < MostPixelPlaces; i++, _pixelPlaces++)
            {
                var end = (Integer(bytes, from, i) ?? 0) + (Integer(bytes, size, i) ?? 0);
                End = end > 0 && end <= bytes.Length ? Math.Max(End, end) : End;
            }
        }
    }

    // Numbers of eight bytes that do not fit a file's size are as good as none.
    private long Number(ReadOnlySpan<byte> bytes, long at, int size)
    {
        if (at < 0 || at > bytes.Length - size)
        {
            return 0;
        }

        var part = bytes.Slice((int)at, size);
        return size switch
        {
            1 => part[0],
            2 => IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(part) : BinaryPrimitives.ReadUInt16BigEndian(part),
            4 => IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(part) : BinaryPrimitives.ReadUInt32BigEndian(part),
            _ => (long)Math.Min(IsLittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(part) : BinaryPrimitives.ReadUInt64BigEndian(part), int.MaxValue),
        };
    }
}
