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
        var segments = new MarkerSegments(file);
        while (segments.MoveNext())
        {
            if (segments.Marker == 0xE1 && segments.Payload.StartsWith("Exif\0\0"u8))
            {
                return ReadTiff(segments.Payload["Exif\0\0".Length..]);
            }
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
