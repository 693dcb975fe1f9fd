using System.Buffers.Binary;
using Veil.Imaging.Metadata.Exif;

namespace Veil.Imaging.Metadata.Writing;

/// <summary>
/// Metadata in a TIFF: its first directory is written again behind the file, with the fields added, and the header points
/// there. Pixels stay where they are.
/// </summary>
internal static class TiffMetadata
{
    private const int EntryLength = 12;

    public static byte[] Insert(ReadOnlySpan<byte> tiff, CarriedMetadata carried)
    {
        if (!tiff.StartsWith("II*\0"u8))
        {
            throw new ArgumentException("Expected a little-endian TIFF of the classic kind, as the encoder writes it.", nameof(tiff));
        }

        var directory = tiff[BinaryPrimitives.ReadInt32LittleEndian(tiff[4..])..];
        var existing = new List<byte[]>();
        for (int i = 0, count = BinaryPrimitives.ReadUInt16LittleEndian(directory); i < count; i++)
        {
            existing.Add(directory.Slice(2 + (EntryLength * i), EntryLength).ToArray());
        }

        var next = BinaryPrimitives.ReadUInt32LittleEndian(directory[(2 + (EntryLength * existing.Count))..]);
        var present = existing.Select(entry => BinaryPrimitives.ReadUInt16LittleEndian(entry)).ToHashSet();
        var start = (tiff.Length + 1) & ~1;
        var added = ExifWriter.WriteBehind(Fields(carried, present), existing, start, next);
        byte[] file = [.. tiff, .. new byte[start - tiff.Length], .. added];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), start);
        return file;
    }

    // What the encoder has written about the pixels, such as their density, stays.
    private static Dictionary<DirectoryKind, List<WrittenField>> Fields(CarriedMetadata carried, HashSet<ushort> present)
    {
        var fields = carried.Exif.ToDictionary(pair => pair.Key, pair => pair.Value);
        var main = fields.GetValueOrDefault(DirectoryKind.Main, []).Where(field => !present.Contains(field.Tag)).ToList();
        if (carried.Xmp is { } xmp)
        {
            main.Add(new WrittenField(ExifTags.Xmp, TiffType.Byte, xmp.Length, xmp));
        }

        if (carried.Iptc is { } iptc)
        {
            main.Add(new WrittenField(ExifTags.Iptc, TiffType.Undefined, iptc.Length, iptc));
        }

        fields[DirectoryKind.Main] = main;
        return fields;
    }
}
