using Veil.Imaging.Metadata.Writing;

namespace Veil.Imaging.Metadata;

/// <summary>Puts carried metadata into an encoded picture, which has none of its own but the colour profile.</summary>
internal static class MetadataWriter
{
    /// <summary>The file with the metadata in it; null when there is nothing to be put in.</summary>
    public static byte[]? Write(CarriedMetadata carried, ReadOnlySpan<byte> encoded, PictureFormat target) => carried.IsEmpty ? null : target switch
    {
        PictureFormat.Jpeg => JpegMetadata.Insert(encoded, JpegMetadata.Segments(carried)),
        PictureFormat.Png => PngMetadata.Insert(encoded, carried),
        PictureFormat.WebP => WebPMetadata.Insert(encoded, carried),
        PictureFormat.Tiff => TiffMetadata.Insert(encoded, carried),
        _ => null,
    };

    /// <summary>The parts that a format cannot hold, by name.</summary>
    public static IReadOnlyList<string> Unwritable(CarriedMetadata carried, PictureFormat target)
    {
        var parts = new List<string>();
        var (exif, xmp, iptc) = target switch
        {
            PictureFormat.Jpeg => (JpegMetadata.HoldsExif(carried), JpegMetadata.HoldsXmp(carried), JpegMetadata.HoldsIptc(carried)),
            PictureFormat.Png or PictureFormat.WebP => (true, true, false),
            PictureFormat.Tiff => (true, true, true),
            _ => (false, false, false),
        };
        Add(carried.Exif.Count > 0 && !exif, "EXIF");
        Add(carried.Xmp is not null && !xmp, "XMP");
        Add(carried.Iptc is not null && !iptc, "IPTC");
        return parts;

        void Add(bool missing, string part)
        {
            if (missing)
            {
                parts.Add(part);
            }
        }
    }
}
