using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Veil.Imaging.Metadata.Containers;

/// <summary>Chunks of a PNG (third edition of the specification, sections 5 and 11) and what follows its end.</summary>
internal static class PngBlocks
{
    private const int Signature = 8;
    private const int ChunkOverhead = 12;
    private const int LongestInflated = 1 << 24;

    private static readonly HashSet<string> Harmless =
    [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "hIST", "pHYs", "acTL", "fcTL", "fdAT",
    ];

    public static List<MetadataBlock> Read(ReadOnlySpan<byte> file)
    {
        var blocks = new List<MetadataBlock>();
        var inflated = 0;
        for (long at = Signature; at + ChunkOverhead <= file.Length && blocks.Count < MetadataBlocks.Most;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            if (at + ChunkOverhead + length > file.Length)
            {
                break;
            }

            var name = Encoding.Latin1.GetString(file.Slice((int)at + 4, 4));
            AddChunk(blocks, name, file.Slice((int)at + 8, (int)length), ref inflated);
            at += ChunkOverhead + length;
            if (name == "IEND")
            {
                MetadataBlocks.AddTrailing(blocks, "PNG", file[(int)at..]);
                break;
            }
        }

        return blocks;
    }

    private static void AddChunk(List<MetadataBlock> blocks, string name, ReadOnlySpan<byte> content, ref int inflated)
    {
        var where = "PNG " + name;
        switch (name)
        {
            case "eXIf":
                blocks.Add(MetadataBlock.Of(BlockKind.Exif, "EXIF", "", content));
                break;
            case "tIME":
                blocks.Add(MetadataBlock.Of(BlockKind.Time, where, "last change", content));
                break;
            case "tEXt":
                AddText(blocks, where, Keyword(ref content), content);
                break;
            case "zTXt":
                AddText(blocks, where, Keyword(ref content), Inflate(content.IsEmpty ? content : content[1..], ref inflated));
                break;
            case "iTXt":
                var keyword = Keyword(ref content);
                AddText(blocks, where, keyword, International(content, ref inflated));
                break;
            case "iCCP":
                Keyword(ref content);
                blocks.Add(MetadataBlock.Of(BlockKind.Profile, where, "", Inflate(content.IsEmpty ? content : content[1..], ref inflated)));
                break;
            case "caBX":
                blocks.Add(MetadataBlock.Of(BlockKind.Provenance, where, "C2PA", content));
                break;
            default:
                if (!Harmless.Contains(name))
                {
                    blocks.Add(MetadataBlock.Of(BlockKind.Unknown, where, "", content));
                }

                break;
        }
    }

    private static void AddText(List<MetadataBlock> blocks, string where, string keyword, ReadOnlySpan<byte> text)
    {
        if (keyword == "XML:com.adobe.xmp")
        {
            blocks.Add(MetadataBlock.Of(BlockKind.Xmp, where, "", text));
        }
        else if (RawProfile.TryRead(keyword, text) is { } profile)
        {
            blocks.Add(profile with { Where = where });
        }
        else
        {
            blocks.Add(MetadataBlock.Of(BlockKind.Text, where, keyword, text));
        }
    }

    private static string Keyword(ref ReadOnlySpan<byte> content)
    {
        var end = content.IndexOf((byte)0);
        var keyword = Encoding.Latin1.GetString(end < 0 ? content : content[..end]);
        content = end < 0 ? [] : content[(end + 1)..];
        return keyword;
    }

    // Compression flag and method, language, translated keyword, then the text.
    private static ReadOnlySpan<byte> International(ReadOnlySpan<byte> content, ref int inflated)
    {
        if (content.Length < 2)
        {
            return [];
        }

        var compressed = content[0] == 1;
        content = content[2..];
        Keyword(ref content);
        Keyword(ref content);
        return compressed ? Inflate(content, ref inflated) : content;
    }

    // All texts of a file together inflate to a bounded size: a bomb ends there.
    private static byte[] Inflate(ReadOnlySpan<byte> compressed, ref int inflated)
    {
        using var source = new MemoryStream(compressed.ToArray());
        using var stream = new ZLibStream(source, CompressionMode.Decompress);
        using var result = new MemoryStream();
        var part = new byte[1 << 14];
        try
        {
            int read;
            while (inflated < LongestInflated && (read = stream.Read(part)) > 0)
            {
                result.Write(part.AsSpan(0, read));
                inflated += read;
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            // Broken behind here, or in need of a dictionary, which PNG does not allow; what came before counts.
            return result.ToArray();
        }

        return result.ToArray();
    }
}
