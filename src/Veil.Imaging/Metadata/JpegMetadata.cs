using Veil.Imaging.Metadata.Exif;

namespace Veil.Imaging.Metadata;

/// <summary>
/// Metadata as marker segments of a JPEG (EXIF: CIPA DC-008, XMP: part 3, IPTC: Photoshop's resource 0x0404).
/// </summary>
internal static class JpegMetadata
{
    private const int LongestContent = ushort.MaxValue - 2;

    private static ReadOnlySpan<byte> ExifName => "Exif\0\0"u8;

    private static ReadOnlySpan<byte> XmpName => "http://ns.adobe.com/xap/1.0/\0"u8;

    private static ReadOnlySpan<byte> PhotoshopName => "Photoshop 3.0\0"u8;

    /// <summary>
    /// The segments that a policy takes over from an original, each whole: mark, length, content. To be written behind the
    /// start of the picture and its JFIF segment. The colour profile is not among them. Never throws on the file's content.
    /// </summary>
    /// <param name="policy">What may pass.</param>
    /// <param name="originalFile">The whole original, a JPEG.</param>
    /// <param name="orientation">
    /// How the pixels to be written are turned, EXIF's number 1..8. Another than 1 is written at every level, so that it needs
    /// no segment of its own beside these.
    /// </param>
    public static IReadOnlyList<byte[]> SegmentsFor(MetadataPolicy policy, ReadOnlySpan<byte> originalFile, int orientation = 1) =>
        Segments(CarriedMetadata.Read(originalFile, PictureFormat.Jpeg, policy, orientation));

    /// <summary>The segments that hold carried metadata; what does not fit into one is left out.</summary>
    public static IReadOnlyList<byte[]> Segments(CarriedMetadata carried)
    {
        var segments = new List<byte[]>();
        if (carried.Exif.Count > 0)
        {
            segments.Add(Segment(0xE1, ExifName, ExifWriter.Write(HoldsExif(carried) ? carried.Exif : OrientationOnly(carried))));
        }

        if (carried.Xmp is { } xmp && HoldsXmp(carried))
        {
            segments.Add(Segment(0xE1, XmpName, xmp));
        }

        if (carried.Iptc is { } iptc && HoldsIptc(carried))
        {
            segments.Add(Segment(0xED, PhotoshopName, PhotoshopResources.Write(PhotoshopResources.Iptc, iptc)));
        }

        return segments;
    }

    public static bool HoldsExif(CarriedMetadata carried) => ExifName.Length + ExifWriter.Write(carried.Exif).Length <= LongestContent;

    public static bool HoldsXmp(CarriedMetadata carried) => XmpName.Length + (carried.Xmp?.Length ?? 0) <= LongestContent;

    public static bool HoldsIptc(CarriedMetadata carried)
    {
        const int resourceHeader = 13;
        return PhotoshopName.Length + resourceHeader + (carried.Iptc?.Length ?? 0) <= LongestContent;
    }

    /// <summary>Puts segments behind the start of a picture and its JFIF segment.</summary>
    public static byte[] Insert(ReadOnlySpan<byte> jpeg, IReadOnlyList<byte[]> segments)
    {
        var at = jpeg.Length > 6 && jpeg[2] == 0xFF && jpeg[3] == 0xE0 ? 4 + ((jpeg[4] << 8) | jpeg[5]) : 2;
        return [.. jpeg[..at], .. segments.SelectMany(segment => segment), .. jpeg[at..]];
    }

    // A picture must not lie on its side because its captions are too long.
    private static Dictionary<DirectoryKind, List<WrittenField>> OrientationOnly(CarriedMetadata carried) =>
        new() { [DirectoryKind.Main] = carried.Exif[DirectoryKind.Main].FindAll(field => field.Tag == ExifTags.Orientation) };

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        var length = 2 + name.Length + content.Length;
        return [0xFF, marker, (byte)(length >> 8), (byte)length, .. name, .. content];
    }
}
