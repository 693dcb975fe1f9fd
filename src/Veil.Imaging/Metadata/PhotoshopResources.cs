using System.Buffers.Binary;

namespace Veil.Imaging.Metadata;

/// <summary>Photoshop's image resources (Adobe's file format specification): <c>8BIM</c>, a number, a name, the data.</summary>
internal static class PhotoshopResources
{
    public const int Resolution = 0x03ED;
    public const int Iptc = 0x0404;
    public const int OldThumbnail = 0x0409;
    public const int CopyrightFlag = 0x040A;
    public const int Url = 0x040B;
    public const int Thumbnail = 0x040C;
    public const int Profile = 0x040F;
    public const int Exif = 0x0422;
    public const int MoreExif = 0x0423;
    public const int Xmp = 0x0424;
    public const int IptcDigest = 0x0425;
    private const int Most = 1000;

    /// <summary>The resources in their order; what is broken ends the reading.</summary>
    public static List<(int Id, byte[] Content)> Read(ReadOnlySpan<byte> bytes)
    {
        var resources = new List<(int, byte[])>();
        while (bytes.Length >= 12 && bytes.StartsWith("8BIM"u8) && resources.Count < Most)
        {
            var id = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
            var data = 6 + ((1 + bytes[6] + 1) & ~1);
            if (data + 4 > bytes.Length)
            {
                break;
            }

            var size = (long)BinaryPrimitives.ReadUInt32BigEndian(bytes[data..]);
            data += 4;
            if (size > bytes.Length - data)
            {
                break;
            }

            resources.Add((id, bytes.Slice(data, (int)size).ToArray()));
            bytes = bytes[(int)Math.Min(bytes.Length, data + ((size + 1) & ~1L))..];
        }

        return resources;
    }

    /// <summary>One resource as it stands in a file.</summary>
    public static byte[] Write(int id, ReadOnlySpan<byte> content)
    {
        var header = new byte[12];
        "8BIM"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), (ushort)id);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), content.Length);
        return [.. header, .. content, .. content.Length % 2 == 0 ? [] : new byte[1]];
    }
}
