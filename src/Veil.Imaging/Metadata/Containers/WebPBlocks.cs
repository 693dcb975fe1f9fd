using System.Buffers.Binary;
using System.Text;

namespace Veil.Imaging.Metadata.Containers;

/// <summary>Chunks of a WebP (RFC 9649) and what follows its end.</summary>
internal static class WebPBlocks
{
    private const int Header = 12;
    private const int ChunkHeader = 8;
    private const int FrameHeader = 16;
    private static readonly HashSet<string> Harmless = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"];

    public static List<MetadataBlock> Read(ReadOnlySpan<byte> file)
    {
        var blocks = new List<MetadataBlock>();
        if (file.Length >= Header)
        {
            var end = Math.Min(file.Length, 8L + BinaryPrimitives.ReadUInt32LittleEndian(file[4..]));
            ReadChunks(blocks, file[Header..(int)Math.Max(Header, end)], inFrame: 0);
            MetadataBlocks.AddTrailing(blocks, "WebP", file[(int)Math.Max(Header, end)..]);
        }

        return blocks;
    }

    private static void ReadChunks(List<MetadataBlock> blocks, ReadOnlySpan<byte> chunks, int inFrame)
    {
        while (chunks.Length >= ChunkHeader && blocks.Count < MetadataBlocks.Most)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            var name = Encoding.Latin1.GetString(chunks[..4]);
            var content = chunks.Slice(ChunkHeader, (int)Math.Min(size, (uint)(chunks.Length - ChunkHeader)));
            switch (name)
            {
                case "EXIF":
                    blocks.Add(MetadataBlock.Of(BlockKind.Exif, "EXIF", "", content.StartsWith("Exif\0\0"u8) ? content[6..] : content));
                    break;
                case "XMP ":
                    blocks.Add(MetadataBlock.Of(BlockKind.Xmp, "WebP XMP", "", content));
                    break;
                case "ICCP":
                    blocks.Add(MetadataBlock.Of(BlockKind.Profile, "WebP ICCP", "", content));
                    break;
                case "C2PA":
                    blocks.Add(MetadataBlock.Of(BlockKind.Provenance, "WebP C2PA", "C2PA", content));
                    break;
                case "ANMF" when inFrame == 0 && content.Length > FrameHeader:
                    ReadChunks(blocks, content[FrameHeader..], inFrame: 1);
                    break;
                default:
                    if (!Harmless.Contains(name))
                    {
                        blocks.Add(MetadataBlock.Of(BlockKind.Unknown, "WebP " + Printable(name), "", content));
                    }

                    break;
            }

            var next = ChunkHeader + (long)size + (size & 1);
            chunks = next >= chunks.Length ? [] : chunks[(int)next..];
        }
    }

    private static string Printable(string name) => new([.. name.Select(letter => letter is > ' ' and <= '~' ? letter : '?')]);
}
