using System.Buffers.Binary;
using System.Text;
using Veil.Imaging.Metadata.Exif;

namespace Veil.Imaging.Metadata.Containers;

/// <summary>
/// Marker segments of a JPEG (ITU-T T.81, Annex B; JFIF; EXIF; XMP part 3; CIPA DC-007 for MPF) and what follows its end.
/// </summary>
internal static class JpegBlocks
{
    private const int GuidLength = 32;
    private const int ExtendedHeader = GuidLength + 8;

    public static List<MetadataBlock> Read(ReadOnlySpan<byte> file)
    {
        var blocks = new List<MetadataBlock>();
        var photoshop = new MemoryStream();
        var extended = new SortedDictionary<uint, byte[]>();
        var extendedSize = 0L;
        var at = 2;
        while (at + 2 <= file.Length && blocks.Count < MetadataBlocks.Most)
        {
            // Coded data, stray bytes and fill bytes: the next marker is searched for.
            if (file[at] != 0xFF || file[at + 1] is 0x00 or 0x01 or 0xFF or (>= 0xD0 and <= 0xD8))
            {
                at++;
                var marker = file[at..].IndexOf((byte)0xFF);
                at = marker < 0 ? file.Length : at + marker;
                continue;
            }

            if (file[at + 1] == 0xD9)
            {
                MetadataBlocks.AddTrailing(blocks, "JPEG", file[(at + 2)..]);
                break;
            }

            var length = at + 4 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]) : 0;
            if (length < 2 || at + 2 + length > file.Length)
            {
                at += 2;
                continue;
            }

            var content = file.Slice(at + 4, length - 2);
            if (file[at + 1] == 0xED && content.StartsWith("Photoshop 3.0\0"u8))
            {
                photoshop.Write(content["Photoshop 3.0\0".Length..]);
            }
            else if (file[at + 1] == 0xE1 && content.StartsWith("http://ns.adobe.com/xmp/extension/\0"u8))
            {
                extendedSize += content.Length;
                AddExtended(extended, content["http://ns.adobe.com/xmp/extension/\0".Length..]);
            }
            else
            {
                AddSegment(blocks, file[at + 1], content);
            }

            at += 2 + length;
        }

        if (photoshop.Length > 0)
        {
            blocks.Add(MetadataBlock.Of(BlockKind.Photoshop, "JPEG APP13", "", photoshop.ToArray()));
        }

        if (extendedSize > 0)
        {
            byte[] packet = [.. extended.Values.SelectMany(part => part)];
            blocks.Add(new MetadataBlock(BlockKind.ExtendedXmp, "JPEG APP1", "", packet, extendedSize));
        }

        return blocks;
    }

    private static void AddSegment(List<MetadataBlock> blocks, byte marker, ReadOnlySpan<byte> content)
    {
        var where = marker == 0xFE ? "JPEG COM" : $"JPEG APP{marker - 0xE0}";
        switch (marker)
        {
            case 0xE0 when content.StartsWith("JFIF\0"u8):
                if (content.Length >= 14 && content[12] * content[13] > 0)
                {
                    blocks.Add(MetadataBlock.Of(BlockKind.Picture, where, $"JFIF thumbnail {content[12]}×{content[13]}", content[14..]));
                }

                break;
            case 0xE0 when content.StartsWith("JFXX\0"u8):
                blocks.Add(MetadataBlock.Of(BlockKind.Picture, where, "JFXX thumbnail", content[Math.Min(6, content.Length)..]));
                break;
            case 0xE1 when content.StartsWith("Exif\0"u8):
                blocks.Add(MetadataBlock.Of(BlockKind.Exif, "EXIF", "", content[Math.Min(6, content.Length)..]));
                break;
            case 0xE1 when content.StartsWith("http://ns.adobe.com/xap/1.0/\0"u8):
                blocks.Add(MetadataBlock.Of(BlockKind.Xmp, where, "", content["http://ns.adobe.com/xap/1.0/\0".Length..]));
                break;
            case 0xE2 when content.StartsWith("ICC_PROFILE\0"u8):
                if (content.Length > 14 && content[12] == 1)
                {
                    blocks.Add(MetadataBlock.Of(BlockKind.Profile, where, "", content[14..]));
                }

                break;
            case 0xE2 when content.StartsWith("MPF\0"u8):
                blocks.Add(MetadataBlock.Of(BlockKind.Picture, where, $"index of {Pictures(content[4..])} pictures (MPF)", content[4..]));
                break;
            case 0xEB when content.StartsWith("JP"u8):
                blocks.Add(MetadataBlock.Of(BlockKind.Provenance, where, "JUMBF", content));
                break;
            case 0xEE when content.StartsWith("Adobe"u8) && content.Length == 12:
                break;
            case 0xFE:
                blocks.Add(MetadataBlock.Of(BlockKind.Text, where, "comment", content));
                break;
            case >= 0xE0 and <= 0xEF:
                blocks.Add(MetadataBlock.Of(BlockKind.Unknown, where, Identifier(content), content));
                break;
        }
    }

    // Parts say where they belong; the digest before that is the same in all of them.
    private static void AddExtended(SortedDictionary<uint, byte[]> parts, ReadOnlySpan<byte> content)
    {
        if (content.Length > ExtendedHeader)
        {
            parts[BinaryPrimitives.ReadUInt32BigEndian(content[(GuidLength + 4)..])] = content[ExtendedHeader..].ToArray();
        }
    }

    // One of sixteen bytes for each picture, the first one included (CIPA DC-007, 5.2.3).
    private static int Pictures(ReadOnlySpan<byte> index)
    {
        const ushort entries = 0xB002;
        const int entryLength = 16;
        return (TiffStructure.Read(index)?.Find(DirectoryKind.Main)?.Fields.FirstOrDefault(field => field.Tag == entries).Length ?? 0) / entryLength;
    }

    private static string Identifier(ReadOnlySpan<byte> content)
    {
        const int longest = 32;
        var end = content.IndexOf((byte)0);
        var text = Encoding.Latin1.GetString(content[..Math.Min(end < 0 ? content.Length : end, longest)]);
        return text.All(letter => letter is >= ' ' and <= '~') ? text : "";
    }
}
