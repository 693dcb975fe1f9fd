using System.Buffers.Binary;
using Veil.Imaging.Metadata.Exif;

namespace Veil.Imaging.Metadata.Writing;

/// <summary>Metadata as chunks of a WebP (RFC 9649): they need the extended header, which is added where it is missing.</summary>
internal static class WebPMetadata
{
    private const int Header = 12;
    private const int ChunkHeader = 8;
    private const byte ExifFlag = 0x08;
    private const byte XmpFlag = 0x04;
    private const byte AlphaFlag = 0x10;

    public static byte[] Insert(ReadOnlySpan<byte> webp, CarriedMetadata carried)
    {
        var chunks = webp[Header..];
        byte[] extended = chunks.StartsWith("VP8X"u8) ? chunks[..18].ToArray() : ExtendedHeader(chunks);
        chunks = chunks.StartsWith("VP8X"u8) ? chunks[18..] : chunks;
        extended[ChunkHeader] |= (byte)((carried.Exif.Count > 0 ? ExifFlag : 0) | (carried.Xmp is null ? 0 : XmpFlag));
        byte[] exif = carried.Exif.Count > 0 ? Chunk("EXIF"u8, ExifWriter.Write(carried.Exif)) : [];
        byte[] xmp = carried.Xmp is { } packet ? Chunk("XMP "u8, packet) : [];
        byte[] file = [.. webp[..Header], .. extended, .. chunks, .. exif, .. xmp];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }

    // Flags, three reserved bytes, then width and height less one in 24 bits each.
    private static byte[] ExtendedHeader(ReadOnlySpan<byte> chunks)
    {
        var content = chunks[ChunkHeader..];
        int width, height;
        byte flags = 0;
        if (chunks.StartsWith("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
            (width, height) = (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
            flags = (bits & (1 << 28)) == 0 ? (byte)0 : AlphaFlag;
        }
        else
        {
            (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF);
        }

        (width, height) = (width - 1, height - 1);
        return Chunk("VP8X"u8, [flags, 0, 0, 0, (byte)width, (byte)(width >> 8), (byte)(width >> 16), (byte)height, (byte)(height >> 8), (byte)(height >> 16)]);
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, content.Length);
        return [.. name, .. size, .. content, .. new byte[content.Length % 2]];
    }
}
