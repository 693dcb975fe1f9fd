using System.Text;

namespace Veil.Imaging.Metadata.Containers;

/// <summary>Extensions of a GIF (GIF89a specification) and what follows its end.</summary>
internal static class GifBlocks
{
    private const int Header = 13;

    public static List<MetadataBlock> Read(ReadOnlySpan<byte> file)
    {
        var blocks = new List<MetadataBlock>();
        if (file.Length < Header)
        {
            return blocks;
        }

        var at = Header + Palette(file[10]);
        while (at < file.Length && blocks.Count < MetadataBlocks.Most)
        {
            switch (file[at])
            {
                case 0x3B:
                    MetadataBlocks.AddTrailing(blocks, "GIF", file[(at + 1)..]);
                    return blocks;
                case 0x2C when at + 10 < file.Length:
                    at = SkipParts(file, at + 11 + Palette(file[at + 9]));
                    break;
                case 0x21 when at + 2 < file.Length:
                    at = AddExtension(blocks, file, at);
                    break;
                default:
                    MetadataBlocks.AddTrailing(blocks, "GIF", file[at..]);
                    return blocks;
            }
        }

        return blocks;
    }

    private static int Palette(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static int AddExtension(List<MetadataBlock> blocks, ReadOnlySpan<byte> file, int at)
    {
        var (label, start) = (file[at + 1], at + 2);
        var end = SkipParts(file, start);
        if (label is 0xFE or 0x01)
        {
            blocks.Add(MetadataBlock.Of(BlockKind.Text, "GIF", label == 0xFE ? "comment" : "text", Join(file, start)));
        }
        else if (label == 0xFF && start + 12 <= file.Length && file[start] == 11)
        {
            var name = file.Slice(start + 1, 11);
            if (name.SequenceEqual("XMP DataXMP"u8))
            {
                // The packet stands there as it is; a trailer of 258 bytes leads readers of parts to the end.
                const int trailer = 258;
                var packet = file[(start + 12)..Math.Max(start + 12, end)];
                blocks.Add(MetadataBlock.Of(BlockKind.Xmp, "GIF XMP", "", packet.Length > trailer ? packet[..^trailer] : packet));
            }
            else if (name.SequenceEqual("ICCRGBG1012"u8))
            {
                blocks.Add(MetadataBlock.Of(BlockKind.Profile, "GIF ICC", "", Join(file, start + 12)));
            }
            else if (!name.SequenceEqual("NETSCAPE2.0"u8) && !name.SequenceEqual("ANIMEXTS1.0"u8))
            {
                blocks.Add(MetadataBlock.Of(BlockKind.Unknown, "GIF application", Encoding.Latin1.GetString(name), Join(file, start + 12)));
            }
        }
        else if (label != 0xF9)
        {
            blocks.Add(MetadataBlock.Of(BlockKind.Unknown, "GIF", $"extension {label:X2}", Join(file, start)));
        }

        return end;
    }

    private static int SkipParts(ReadOnlySpan<byte> file, int at)
    {
        while (at < file.Length && file[at] != 0)
        {
            at += 1 + file[at];
        }

        return Math.Min(at + 1, file.Length);
    }

    private static byte[] Join(ReadOnlySpan<byte> file, int at)
    {
        using var joined = new MemoryStream();
        while (at < file.Length && file[at] != 0)
        {
            joined.Write(file.Slice(at + 1, Math.Min(file[at], file.Length - at - 1)));
            at += 1 + file[at];
        }

        return joined.ToArray();
    }
}
