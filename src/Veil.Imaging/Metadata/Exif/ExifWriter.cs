using System.Buffers.Binary;

namespace Veil.Imaging.Metadata.Exif;

/// <summary>A field to be written; its value is little-endian.</summary>
internal readonly record struct WrittenField(ushort Tag, TiffType Type, int Count, byte[] Value);

/// <summary>
/// Writes the directories of an EXIF block (TIFF 6.0, section 2), little-endian: main, EXIF, GPS, interoperability, each
/// with its own fields and nothing else. No other directory can be written, so there is no room for a thumbnail.
/// </summary>
internal static class ExifWriter
{
    private const int HeaderLength = 8;

    /// <summary>Writes a block of its own.</summary>
    /// <param name="directories">Fields by directory; those that point to other directories are added here.</param>
    public static byte[] Write(IReadOnlyDictionary<DirectoryKind, List<WrittenField>> directories) =>
        [.. "II*\0"u8, HeaderLength, 0, 0, 0, .. WriteBehind(directories, [], HeaderLength, next: 0)];

    /// <summary>Writes the directories to be put behind an existing structure, which keeps the fields of its first directory.</summary>
    /// <param name="directories">Fields to be added.</param>
    /// <param name="existing">Entries of the existing first directory, twelve bytes each.</param>
    /// <param name="start">Where in the file the first byte of the result comes to lie; even.</param>
    /// <param name="next">The directory that follows the first in the file; 0 for none.</param>
    public static byte[] WriteBehind(IReadOnlyDictionary<DirectoryKind, List<WrittenField>> directories, IReadOnlyList<byte[]> existing, int start, uint next)
    {
        var main = new List<WrittenField>(directories.GetValueOrDefault(DirectoryKind.Main, []));
        var exif = new List<WrittenField>(directories.GetValueOrDefault(DirectoryKind.Exif, []));
        var interoperability = directories.GetValueOrDefault(DirectoryKind.Interoperability, []);
        var gps = directories.GetValueOrDefault(DirectoryKind.Gps, []);

        // The first directory stands first, so its length is set aside; the others and all values follow it.
        var pointers = (exif.Count + interoperability.Count > 0 ? 1 : 0) + (gps.Count > 0 ? 1 : 0);
        var below = new Area(start + Directory.Length(existing.Count + main.Count + pointers));
        if (interoperability.Count > 0)
        {
            exif.Add(Pointer(ExifTags.InteroperabilityDirectory, below.AddDirectory(interoperability)));
        }

        if (exif.Count > 0)
        {
            main.Add(Pointer(ExifTags.ExifDirectory, below.AddDirectory(exif)));
        }

        if (gps.Count > 0)
        {
            main.Add(Pointer(ExifTags.GpsDirectory, below.AddDirectory(gps)));
        }

        var first = Directory.Write([.. existing, .. main.Select(below.AddEntry)], next);
        return [.. first, .. below.Bytes];
    }

    private static WrittenField Pointer(ushort tag, int to)
    {
        var value = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(value, to);
        return new WrittenField(tag, TiffType.Long, 1, value);
    }

    private static class Directory
    {
        public static int Length(int fields) => 2 + (12 * fields) + 4;

        public static byte[] Write(List<byte[]> entries, uint next)
        {
            var directory = new byte[Length(entries.Count)];
            BinaryPrimitives.WriteUInt16LittleEndian(directory, (ushort)entries.Count);
            var at = 2;
            foreach (var entry in entries.OrderBy(entry => BinaryPrimitives.ReadUInt16LittleEndian(entry)))
            {
                entry.CopyTo(directory, at);
                at += entry.Length;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(directory.AsSpan(at), next);
            return directory;
        }
    }

    /// <summary>Directories and values behind the first directory; knows where in the file it lies.</summary>
    private sealed class Area(int start)
    {
        private readonly List<byte> _bytes = [];

        public IEnumerable<byte> Bytes => _bytes;

        public int AddDirectory(List<WrittenField> fields)
        {
            var entries = fields.Select(AddEntry).ToList();
            var at = start + _bytes.Count;
            _bytes.AddRange(Directory.Write(entries, next: 0));
            return at;
        }

        /// <summary>A field's entry, after its value was stored where the entry has no room for it.</summary>
        public byte[] AddEntry(WrittenField field)
        {
            const int room = 4;
            var entry = new byte[12];
            BinaryPrimitives.WriteUInt16LittleEndian(entry, field.Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(2), (ushort)field.Type);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), field.Count);
            if (field.Value.Length <= room)
            {
                field.Value.CopyTo(entry, 8);
                return entry;
            }

            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(8), start + _bytes.Count);
            _bytes.AddRange(field.Value);
            _bytes.AddRange(new byte[field.Value.Length % 2]);
            return entry;
        }
    }
}
