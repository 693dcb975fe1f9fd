namespace Veil.Imaging;

/// <summary>Names and signatures of the picture formats.</summary>
public static class PictureFormats
{
    /// <summary>Bytes from the start of a file that <see cref="TrySniff"/> looks at.</summary>
    public const int SignatureLength = 64;

    /// <summary>Lower-case name, as in reports and on the command line: <c>jpeg</c>, <c>png</c>, …</summary>
    public static string Name(this PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => "jpeg",
        PictureFormat.Png => "png",
        PictureFormat.WebP => "webp",
        PictureFormat.Tiff => "tiff",
        PictureFormat.Gif => "gif",
        PictureFormat.Avif => "avif",
        PictureFormat.Heif => "heif",
        PictureFormat.Bmp => "bmp",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Expected a known picture format."),
    };

    /// <summary>Every extension that pictures of these formats have, with the dot, lower case.</summary>
    public static IReadOnlySet<string> Extensions { get; } =
        new HashSet<string>([".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".tif", ".tiff", ".gif", ".avif", ".heic", ".heif", ".bmp", ".dib"]);

    /// <summary>The usual file extension, with the dot.</summary>
    public static string Extension(this PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => ".jpg",
        PictureFormat.Tiff => ".tif",
        PictureFormat.Heif => ".heic",
        _ => "." + format.Name(),
    };

    /// <summary>The format that a file extension stands for; null when it stands for none.</summary>
    /// <param name="extension">With or without the dot, any case.</param>
    public static PictureFormat? FromExtension(string extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return extension.TrimStart('.').ToUpperInvariant() switch
        {
            "JPG" or "JPEG" or "JPE" or "JFIF" => PictureFormat.Jpeg,
            "PNG" => PictureFormat.Png,
            "WEBP" => PictureFormat.WebP,
            "TIF" or "TIFF" => PictureFormat.Tiff,
            "GIF" => PictureFormat.Gif,
            "AVIF" => PictureFormat.Avif,
            "HEIC" or "HEIF" => PictureFormat.Heif,
            "BMP" or "DIB" => PictureFormat.Bmp,
            _ => null,
        };
    }

    /// <summary>Recognises a format by the first bytes of a file. The name of the file says nothing: content decides.</summary>
    /// <param name="start">The file, or at least its first <see cref="SignatureLength"/> bytes when it is longer.</param>
    /// <param name="format">What it is.</param>
    /// <returns>False when it is none that Veil reads.</returns>
    public static bool TrySniff(ReadOnlySpan<byte> start, out PictureFormat format)
    {
        PictureFormat? found = start switch
        {
            [0xFF, 0xD8, 0xFF, ..] => PictureFormat.Jpeg,
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PictureFormat.Png,
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => PictureFormat.Gif,
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => PictureFormat.WebP,
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => PictureFormat.Tiff,
            [(byte)'B', (byte)'M', _, _, _, _, ..] => PictureFormat.Bmp,
            [0, 0, 0, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => SniffIsoMedia(start),
            _ => null,
        };
        format = found.GetValueOrDefault();
        return found is not null;
    }

    // The box of file types: major brand, version, then compatible brands, four letters each.
    private static PictureFormat? SniffIsoMedia(ReadOnlySpan<byte> start)
    {
        PictureFormat? found = null;
        for (var at = 8; at + 4 <= Math.Min(start.Length, Math.Max((int)start[3], 12)); at += 4)
        {
            var brand = start.Slice(at, 4);
            if (at != 12 && (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)))
            {
                return PictureFormat.Avif;
            }

            if (at != 12 && (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8)
                || brand.SequenceEqual("hevc"u8) || brand.SequenceEqual("msf1"u8)))
            {
                found = PictureFormat.Heif;
            }
        }

        return found;
    }
}
