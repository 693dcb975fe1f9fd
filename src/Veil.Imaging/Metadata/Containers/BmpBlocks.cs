using System.Buffers.Binary;

namespace Veil.Imaging.Metadata.Containers;

/// <summary>What follows the pixels of a BMP: a profile, by the fifth version of its header, or something else.</summary>
internal static class BmpBlocks
{
    private const int InfoAt = 14;
    private const int FifthVersion = 124;

    public static List<MetadataBlock> Read(ReadOnlySpan<byte> file)
    {
        var blocks = new List<MetadataBlock>();
        if (file.Length < InfoAt + 40)
        {
            return blocks;
        }

        long pixels = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        var info = file[InfoAt..];
        var size = BinaryPrimitives.ReadUInt32LittleEndian(info);
        var (width, height) = (Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(info[4..])), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(info[8..])));
        var compressed = BinaryPrimitives.ReadUInt32LittleEndian(info[16..]) is 1 or 2 or 4 or 5;
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(info[14..]);
        var end = pixels + (compressed ? BinaryPrimitives.ReadUInt32LittleEndian(info[20..]) : ((width * bits) + 31) / 32 * 4 * height);
        if (size >= FifthVersion && info.Length >= FifthVersion)
        {
            var (at, length) = (InfoAt + (long)BinaryPrimitives.ReadUInt32LittleEndian(info[112..]), (long)BinaryPrimitives.ReadUInt32LittleEndian(info[116..]));
            if (length > 0 && at + length <= file.Length)
            {
                blocks.Add(MetadataBlock.Of(BlockKind.Profile, "BMP profile", "", file.Slice((int)at, (int)length)));
                end = Math.Max(end, at + length);
            }
        }

        // Rows may be followed by padding to four bytes.
        const int padding = 3;
        if (end > 0 && end + padding < file.Length)
        {
            MetadataBlocks.AddTrailing(blocks, "BMP", file[(int)end..]);
        }

        return blocks;
    }
}
