using System.Buffers.Binary;
using System.Text;

namespace Veil.Imaging.Metadata.Containers;

/// <summary>
/// Boxes and items of HEIF and AVIF (ISO/IEC 14496-12 and 23008-12): EXIF and XMP items, thumbnails and auxiliary pictures,
/// foreign boxes, and what follows the last box.
/// </summary>
internal static class IsoMediaBlocks
{
    private const int MostItems = 10_000;
    private const int LongestItem = 1 << 24;

    // The box of C2PA (specification 2.1, section A.4).
    private static ReadOnlySpan<byte> C2paUuid => [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81];

    private static ReadOnlySpan<byte> XmpUuid => [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

    public static List<MetadataBlock> Read(ReadOnlySpan<byte> file)
    {
        var blocks = new List<MetadataBlock>();
        for (var at = 0; at < file.Length && blocks.Count < MetadataBlocks.Most;)
        {
            if (!TryBox(file[at..], out var name, out var content, out var size))
            {
                MetadataBlocks.AddTrailing(blocks, "boxes", file[at..]);
                break;
            }

            AddBox(blocks, file, name, content);
            at += size;
        }

        return blocks;
    }

    private static void AddBox(List<MetadataBlock> blocks, ReadOnlySpan<byte> file, string name, ReadOnlySpan<byte> content)
    {
        switch (name)
        {
            case "ftyp" or "mdat" or "pitm" or "styp" or "sidx" or "moof":
                break;
            case "meta":
                AddItems(blocks, file, content.Length >= 4 ? content[4..] : []);
                break;
            case "uuid" when content.StartsWith(C2paUuid):
                blocks.Add(MetadataBlock.Of(BlockKind.Provenance, "box uuid", "C2PA", content[16..]));
                break;
            case "uuid" when content.StartsWith(XmpUuid):
                blocks.Add(MetadataBlock.Of(BlockKind.Xmp, "box uuid", "", content[16..]));
                break;
            case "jumb":
                blocks.Add(MetadataBlock.Of(BlockKind.Provenance, "box jumb", "JUMBF", content));
                break;
            case "mpvd":
                blocks.Add(MetadataBlock.Of(BlockKind.Picture, "box mpvd", "motion photo", content));
                break;
            case "free" or "skip" when content.IndexOfAnyExcept((byte)0) < 0:
                break;
            case "moov":
                blocks.Add(MetadataBlock.Of(BlockKind.Unknown, "box moov", "tracks", content));
                break;
            default:
                blocks.Add(MetadataBlock.Of(BlockKind.Unknown, "box " + name, "", content));
                break;
        }
    }

    private static void AddItems(List<MetadataBlock> blocks, ReadOnlySpan<byte> file, ReadOnlySpan<byte> meta)
    {
        var items = new Dictionary<uint, (string Type, string Content)>();
        var places = new Dictionary<uint, byte[]>();
        var references = new List<(string Kind, uint From)>();
        var auxiliary = new Dictionary<uint, string>();
        ReadOnlySpan<byte> data = [];
        ReadOnlySpan<byte> locations = [];
        while (TryBox(meta, out var name, out var content, out var size))
        {
            switch (name)
            {
                case "iinf": ReadItems(content, items); break;
                case "iloc": locations = content; break;
                case "idat": data = content; break;
                case "iref": ReadReferences(content, references); break;
                case "iprp": ReadAuxiliary(content, auxiliary); break;
            }

            meta = meta[size..];
        }

        var wanted = items.Where(item => item.Value.Type == "Exif" || item.Value is ("mime", "application/rdf+xml")).Select(item => item.Key).ToHashSet();
        ReadPlaces(file, data, locations, wanted, places);
        foreach (var (id, (type, mime)) in items)
        {
            if (type == "Exif")
            {
                // Four bytes say how far the TIFF header is from here.
                var content = places.GetValueOrDefault(id, []).AsSpan();
                var skip = content.Length >= 4 ? 4 + (long)BinaryPrimitives.ReadUInt32BigEndian(content) : 0;
                blocks.Add(MetadataBlock.Of(BlockKind.Exif, "EXIF", "", skip < content.Length ? content[(int)skip..] : []));
            }
            else if (type == "mime")
            {
                var xmp = mime == "application/rdf+xml";
                blocks.Add(MetadataBlock.Of(xmp ? BlockKind.Xmp : BlockKind.Unknown, "item mime", mime, places.GetValueOrDefault(id, [])));
            }
            else if (type is "uri " or "jumb" or "tmap")
            {
                blocks.Add(new MetadataBlock(type == "tmap" ? BlockKind.Picture : BlockKind.Unknown, "item " + type.Trim(), type == "tmap" ? "gain map" : "", [], 0));
            }
        }

        foreach (var (kind, from) in references)
        {
            // The picture's own transparency is an auxiliary picture, too.
            var role = auxiliary.GetValueOrDefault(from, "");
            if (kind == "thmb" || (kind == "auxl" && !role.Contains("alpha", StringComparison.Ordinal) && role != "urn:mpeg:hevc:2015:auxid:1"))
            {
                blocks.Add(new MetadataBlock(BlockKind.Picture, "item " + kind, kind == "thmb" ? "thumbnail" : role.Length > 0 ? role : "auxiliary picture", [], 0));
            }
        }
    }

    private static void ReadItems(ReadOnlySpan<byte> box, Dictionary<uint, (string Type, string Content)> items)
    {
        box = box.Length < 4 ? [] : box[(box[0] == 0 ? Math.Min(6, box.Length) : Math.Min(8, box.Length))..];
        while (items.Count < MostItems && TryBox(box, out var name, out var entry, out var size))
        {
            var version = entry.Length > 0 ? entry[0] : 0;
            var idSize = version >= 3 ? 4 : 2;
            if (name == "infe" && version >= 2 && entry.Length >= 4 + idSize + 6)
            {
                var id = idSize == 4 ? BinaryPrimitives.ReadUInt32BigEndian(entry[4..]) : BinaryPrimitives.ReadUInt16BigEndian(entry[4..]);
                var type = Encoding.Latin1.GetString(entry.Slice(4 + idSize + 2, 4));
                var rest = entry[(4 + idSize + 6)..];
                Text(ref rest);
                items[id] = (type, type == "mime" ? Text(ref rest) : "");
            }

            box = box[size..];
        }
    }

    private static void ReadReferences(ReadOnlySpan<byte> box, List<(string Kind, uint From)> references)
    {
        var wide = box.Length > 0 && box[0] == 1;
        box = box.Length < 4 ? [] : box[4..];
        while (references.Count < MostItems && TryBox(box, out var name, out var content, out var size))
        {
            if (content.Length >= (wide ? 4 : 2))
            {
                references.Add((name, wide ? BinaryPrimitives.ReadUInt32BigEndian(content) : BinaryPrimitives.ReadUInt16BigEndian(content)));
            }

            box = box[size..];
        }
    }

    // Which item is which kind of auxiliary picture: properties are numbered from 1 and associated with items.
    private static void ReadAuxiliary(ReadOnlySpan<byte> box, Dictionary<uint, string> auxiliary)
    {
        var roles = new Dictionary<int, string>();
        while (TryBox(box, out var name, out var content, out var size))
        {
            if (name == "ipco")
            {
                for (var index = 1; TryBox(content, out var property, out var value, out var length); index++, content = content[length..])
                {
                    if (property == "auxC" && value.Length > 4)
                    {
                        value = value[4..];
                        roles[index] = Text(ref value);
                    }
                }
            }
            else if (name == "ipma" && content.Length >= 8)
            {
                ReadAssociations(content, roles, auxiliary);
            }

            box = box[size..];
        }
    }

    private static void ReadAssociations(ReadOnlySpan<byte> box, Dictionary<int, string> roles, Dictionary<uint, string> auxiliary)
    {
        var (idSize, indexSize) = (box[0] >= 1 ? 4 : 2, (box[3] & 1) != 0 ? 2 : 1);
        box = box[8..];
        while (box.Length > idSize)
        {
            var id = idSize == 4 ? BinaryPrimitives.ReadUInt32BigEndian(box) : BinaryPrimitives.ReadUInt16BigEndian(box);
            int count = box[idSize];
            box = box[(idSize + 1)..];
            for (; count > 0 && box.Length >= indexSize; count--, box = box[indexSize..])
            {
                var index = indexSize == 2 ? BinaryPrimitives.ReadUInt16BigEndian(box) & 0x7FFF : box[0] & 0x7F;
                if (roles.TryGetValue(index, out var role) && auxiliary.Count < MostItems)
                {
                    auxiliary[id] = role;
                }
            }
        }
    }

    // Item locations (14496-12, 8.11.3): extents in the file or in the meta box's own data.
    private static void ReadPlaces(ReadOnlySpan<byte> file, ReadOnlySpan<byte> data, ReadOnlySpan<byte> box, HashSet<uint> wanted, Dictionary<uint, byte[]> places)
    {
        if (box.Length < 8 || box[0] > 2)
        {
            return;
        }

        var version = box[0];
        var (offsetSize, lengthSize, baseSize, indexSize) = (box[4] >> 4, box[4] & 15, box[5] >> 4, version > 0 ? box[5] & 15 : 0);
        var at = version < 2 ? 8 : 10;
        var count = Number(box, 6, version < 2 ? 2 : 4);
        for (var i = 0; i < Math.Min(count, MostItems) && at < box.Length; i++)
        {
            var id = (uint)Number(box, at, version < 2 ? 2 : 4);
            at += version < 2 ? 2 : 4;
            var method = version > 0 ? Number(box, at, 2) & 15 : 0;
            at += (version > 0 ? 2 : 0) + 2;
            var start = Number(box, at, baseSize);
            at += baseSize;
            var extents = Number(box, at, 2);
            at += 2;
            var source = method == 1 ? data : file;
            using var content = new MemoryStream();
            for (var extent = 0; extent < extents && at < box.Length; extent++, at += indexSize + offsetSize + lengthSize)
            {
                var from = start + Number(box, at + indexSize, offsetSize);
                var length = lengthSize == 0 ? source.Length - from : Number(box, at + indexSize + offsetSize, lengthSize);
                if (wanted.Contains(id) && from >= 0 && length > 0 && from <= source.Length - length && content.Length + length <= LongestItem)
                {
                    content.Write(source.Slice((int)from, (int)length));
                }

                if (indexSize + offsetSize + lengthSize == 0)
                {
                    break;
                }
            }

            if (wanted.Remove(id))
            {
                places[id] = content.ToArray();
            }
        }
    }

    private static string Text(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
        bytes = end < 0 ? [] : bytes[(end + 1)..];
        return text;
    }

    // Numbers that do not fit a file's size are as good as none.
    private static long Number(ReadOnlySpan<byte> bytes, int at, int size)
    {
        if (size == 0 || at < 0 || at > bytes.Length - size)
        {
            return 0;
        }

        long value = 0;
        foreach (var part in bytes.Slice(at, size))
        {
            value = Math.Min((value << 8) | part, int.MaxValue);
        }

        return value;
    }

    private static bool TryBox(ReadOnlySpan<byte> bytes, out string name, out ReadOnlySpan<byte> content, out int size)
    {
        name = "";
        content = [];
        size = 0;
        if (bytes.Length < 8)
        {
            return false;
        }

        ulong length = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var header = 8;
        if (length == 1 && bytes.Length >= 16)
        {
            (length, header) = (BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), 16);
        }

        length = length == 0 ? (ulong)bytes.Length : length;
        var letters = bytes.Slice(4, 4);
        if (length < (ulong)header || length > (ulong)bytes.Length || letters.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0)
        {
            return false;
        }

        name = Encoding.Latin1.GetString(letters);
        content = bytes[header..(int)length];
        size = (int)length;
        return true;
    }
}
