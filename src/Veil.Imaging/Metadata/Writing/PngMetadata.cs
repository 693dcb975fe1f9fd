using System.Buffers.Binary;
using Veil.Imaging.Metadata.Exif;

namespace Veil.Imaging.Metadata.Writing;

/// <summary>Metadata as chunks of a PNG (third edition of the specification, 11.3.4.4 for EXIF; XMP part 3), behind the header.</summary>
internal static class PngMetadata
{
    private const int AfterHeader = 8 + 25;

    public static byte[] Insert(ReadOnlySpan<byte> png, CarriedMetadata carried)
    {
        byte[] exif = carried.Exif.Count > 0 ? Chunk("eXIf"u8, ExifWriter.Write(carried.Exif)) : [];

        // Keyword, not compressed, no language, no translated keyword.
        byte[] xmp = carried.Xmp is { } packet ? Chunk("iTXt"u8, [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. packet]) : [];
        return [.. png[..AfterHeader], .. exif, .. xmp, .. png[AfterHeader..]];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        name.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc32(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }

    // Annex D of the specification.
    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        const uint polynomial = 0xEDB88320;
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (polynomial & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
