using System.Text;

namespace Veil.Imaging.Metadata.Containers;

/// <summary>
/// EXIF, IPTC and XMP as hexadecimal text in PNG, as ImageMagick writes them: a name, a length, then the digits.
/// </summary>
internal static class RawProfile
{
    private const string Prefix = "Raw profile type ";

    /// <summary>The block that a text holds; null when it is an ordinary text.</summary>
    public static MetadataBlock? TryRead(string keyword, ReadOnlySpan<byte> text)
    {
        if (!keyword.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = Digits(text);
        var content = bytes.AsSpan();
        return keyword[Prefix.Length..] switch
        {
            "exif" or "APP1" => content.StartsWith("Exif\0\0"u8) ? MetadataBlock.Of(BlockKind.Exif, "", "", content[6..])
                : content.StartsWith("http://ns.adobe.com/xap/1.0/\0"u8) ? MetadataBlock.Of(BlockKind.Xmp, "", "", content[29..])
                : MetadataBlock.Of(BlockKind.Exif, "", "", content),
            "xmp" => MetadataBlock.Of(BlockKind.Xmp, "", "", content),
            "iptc" or "8bim" => MetadataBlock.Of(BlockKind.Photoshop, "", "", content),
            "icc" or "icm" => MetadataBlock.Of(BlockKind.Profile, "", "", content),
            _ => null,
        };
    }

    private static byte[] Digits(ReadOnlySpan<byte> text)
    {
        // A line break, the name, a line break, the length, a line break.
        var lines = 0;
        var at = 0;
        while (at < text.Length && lines < 3)
        {
            lines += text[at++] == '\n' ? 1 : 0;
        }

        var digits = Encoding.Latin1.GetString(text[at..]).Where(char.IsAsciiHexDigit).ToArray();
        return Convert.FromHexString(digits.AsSpan(0, digits.Length & ~1));
    }
}
