using System.Buffers.Binary;

namespace Veil.Imaging.Jpeg;

/// <summary>
/// Reads the orientation from a JPEG's EXIF segment (EXIF 2.32, sections 4.5 and 4.6.4). Never throws: what is missing or broken
/// counts as upright, as everywhere.
/// </summary>
internal static class ExifOrientation
{
    private const int Upright = 1;
    private const ushort Tag = 0x0112;
    private const ushort ShortType = 3;
    private const int EntryLength = 12;

    /// <summary>EXIF's number, 1..8.</summary>
    /// <param name="file">The whole file, or its start up to the first scan.</param>
    public static int Read(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 4 <= file.Length;)
        {
            if (file[at] != 0xFF)
            {
                at++;
                continue;
            }

            var marker = file[at + 1];
            if (marker is 0xFF or 0x00 or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (marker is 0xDA or 0xD9 || length < 2 || at + 2 + length > file.Length)
            {
                return Upright;
            }

            var segment = file.Slice(at + 4, length - 2);
            if (marker == 0xE1 && segment.StartsWith("Exif\0\0"u8))
            {
                return ReadTiff(segment["Exif\0\0".Length..]);
            }

            at += 2 + length;
        }

        return Upright;
    }

    private static int ReadTiff(ReadOnlySpan<byte> tiff)
    {
        var little = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 10 || (!little && !tiff.StartsWith("MM\0*"u8)))
        {
            return Upright;
        }

        var first = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (first > tiff.Length - 2)
        {
            return Upright;
        }

        var entries = tiff[((int)first + 2)..];
        for (var left = Short(tiff[(int)first..]); left > 0 && entries.Length >= EntryLength; left--, entries = entries[EntryLength..])
        {
            if (Short(entries) == Tag && Short(entries[2..]) == ShortType)
            {
                return Short(entries[8..]) is >= 1 and <= 8 and var value ? value : Upright;
            }
        }

        return Upright;

        int Short(ReadOnlySpan<byte> from) => little ? BinaryPrimitives.ReadUInt16LittleEndian(from) : BinaryPrimitives.ReadUInt16BigEndian(from);
    }
}
