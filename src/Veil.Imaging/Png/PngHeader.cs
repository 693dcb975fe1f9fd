using System.Buffers.Binary;

namespace Veil.Imaging.Png;

/// <summary>Reads a PNG's chunks (third edition of the specification, section 5.3). Never throws.</summary>
internal static class PngHeader
{
    private const int Signature = 8;
    private const int ChunkOverhead = 12;

    /// <summary>True when a chunk before the pixels announces an animation.</summary>
    public static bool IsAnimated(ReadOnlySpan<byte> file)
    {
        for (long at = Signature; at + ChunkOverhead <= file.Length;)
        {
            var chunk = file[(int)at..];
            if (chunk[4..].StartsWith("acTL"u8) || chunk[4..].StartsWith("IDAT"u8))
            {
                return chunk[4] == 'a';
            }

            at += BinaryPrimitives.ReadUInt32BigEndian(chunk) + ChunkOverhead;
        }

        return false;
    }
}
