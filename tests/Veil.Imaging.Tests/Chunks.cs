using System.Buffers.Binary;
using System.Text;

namespace Veil.Imaging.Tests;

/// <summary>Adds chunks to files of several formats and lists those that are there.</summary>
internal static class Chunks
{
    public static byte[] AddToPng(byte[] png, string name, ReadOnlySpan<byte> content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        var (length, crc) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32(body));
        const int afterHeader = 8 + 25;
        return [.. png[..afterHeader], .. length, .. body, .. crc, .. png[afterHeader..]];
    }

    public static byte[] AddToGif(byte[] gif, ReadOnlySpan<byte> comment)
    {
        var afterPalette = 13 + ((gif[10] & 0x80) != 0 ? 3 << ((gif[10] & 7) + 1) : 0);
        return [.. gif[..afterPalette], 0x21, 0xFE, (byte)comment.Length, .. comment, 0, .. gif[afterPalette..]];
    }

    public static byte[] AddToWebP(byte[] webp, string name, ReadOnlySpan<byte> content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, content.Length);
        byte[] file = [.. webp, .. Encoding.ASCII.GetBytes(name), .. size, .. content, .. content.Length % 2 == 0 ? [] : new byte[1]];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }

    public static HashSet<string> NamesInPng(byte[] png)
    {
        var names = new HashSet<string>();
        for (var at = 8; at < png.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)))
        {
            names.Add(Encoding.ASCII.GetString(png, at + 4, 4));
        }

        return names;
    }

    public static HashSet<string> NamesInWebP(byte[] webp)
    {
        var names = new HashSet<string>();
        for (var at = 12; at < webp.Length; at += 8 + ((BinaryPrimitives.ReadInt32LittleEndian(webp.AsSpan(at + 4)) + 1) & ~1))
        {
            names.Add(Encoding.ASCII.GetString(webp, at, 4));
        }

        return names;
    }

    public static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
