using System.Buffers.Binary;
using System.Text;
using Veil.Imaging.Native;

namespace Veil.Imaging.Tests.Metadata;

/// <summary>
/// Files with every kind of leak that a container can have. What tells of a person says <c>secret</c>; what shows or may
/// show the original again, and may come through at no level, says <c>FORBIDDEN</c>.
/// </summary>
internal static class LeakyFiles
{
    private const string SecretXmp =
        """
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:g="http://ns.adobe.com/xap/1.0/g/img/"
          xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
          xmlns:xmpNote="http://ns.adobe.com/xmp/note/" photoshop:City="secret city" GCamera:MicroVideoOffset="FORBIDDEN" tiff:Orientation="6" xmpNote:HasExtendedXMP="FORBIDDEN">
        <dc:creator><rdf:Seq><rdf:li>secret author</rdf:li></rdf:Seq></dc:creator>
        <xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType="Resource"><g:width>16</g:width><g:image>FORBIDDEN</g:image></rdf:li></rdf:Alt></xmp:Thumbnails>
        </rdf:Description></rdf:RDF></x:xmpmeta>
        """;

    private const string ExtendedXmp =
        """
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/" xmlns:dc="http://purl.org/dc/elements/1.1/" GDepth:Data="FORBIDDEN" dc:source="secret source"/>
        </rdf:RDF></x:xmpmeta>
        """;

    /// <summary>One file of each kind, by format.</summary>
    public static IEnumerable<(PictureFormat Format, byte[] File)> All() =>
        [(PictureFormat.Jpeg, Jpeg()), (PictureFormat.Png, Png()), (PictureFormat.WebP, WebP()), (PictureFormat.Tiff, Tiff()), (PictureFormat.Gif, Gif()), (PictureFormat.Avif, Avif())];

    /// <summary>A thumbnail: a JPEG with a comment that must not come through.</summary>
    public static byte[] Thumbnail { get; } = Tests.Exif.Insert(Pictures.Encode(PictureFormat.Jpeg, 16, 12, PixelFormat.Rgb24), 0xFE, [.. "FORBIDDEN"u8]);

    /// <summary>EXIF with all its directories, a maker note, a private field, and a thumbnail.</summary>
    public static byte[] Exif()
    {
        var tiff = new TiffBuilder();
        var gps = tiff.Directory(
            TiffBuilder.Text(1, "N"), TiffBuilder.Rational(2, 43, 1, 30, 1, 0, 1), TiffBuilder.Text(3, "W"), TiffBuilder.Rational(4, 11, 1, 15, 1, 36, 1), TiffBuilder.Text(0x1D, "2008:10:23"));
        var interoperability = tiff.Directory(TiffBuilder.Text(1, "R98"));
        var exif = tiff.Directory(
            TiffBuilder.Rational(0x829A, 1, 250), TiffBuilder.Rational(0x829D, 28, 10), TiffBuilder.Short(0x8827, 400), TiffBuilder.Data(0x9000, [.. "0230"u8]),
            TiffBuilder.Text(0x9003, "2024:02:29 17:45:12"), TiffBuilder.Short(0x9209, 16), TiffBuilder.Rational(0x920A, 50, 1), TiffBuilder.Data(0x927C, [.. "FORBIDDEN maker note"u8]),
            TiffBuilder.Data(0x9286, [.. "ASCII\0\0\0secret comment"u8]), TiffBuilder.Long(0xA005, interoperability), TiffBuilder.Text(0xA430, "secret owner"), TiffBuilder.Text(0xA431, "secret-4711"),
            TiffBuilder.Rational(0xA432, 24, 1, 70, 1, 28, 10, 28, 10), TiffBuilder.Text(0xA405, "FORBIDDEN text in a number field"), TiffBuilder.Data(0x8830, [.. "FORBIDDEN"u8]));
        var main = tiff.Directory(
            TiffBuilder.Text(0x010F, "secret make"), TiffBuilder.Text(0x0110, "secret model"), TiffBuilder.Short(0x0112, 1), TiffBuilder.Rational(0x011A, 300, 1),
            TiffBuilder.Text(0x0131, "secret software"), TiffBuilder.Text(0x0132, "2024:03:01 08:00:00"), TiffBuilder.Text(0x013B, "secret artist"), TiffBuilder.Text(0x8298, "secret copyright"),
            TiffBuilder.Long(0x8769, exif), TiffBuilder.Long(0x8825, gps), TiffBuilder.Data(0xC4A5, [.. "FORBIDDEN private"u8]));
        var thumbnail = tiff.Store(Thumbnail);
        tiff.Next(main, tiff.Directory(TiffBuilder.Short(0x0103, 6), TiffBuilder.Long(0x0201, thumbnail), TiffBuilder.Long(0x0202, Thumbnail.Length)));
        return tiff.Build(main);
    }

    private static byte[] Iptc() =>
    [
        0x1C, 2, 80, 0, 14, .. "secret by-line"u8, 0x1C, 2, 90, 0, 11, .. "secret city"u8, 0x1C, 2, 202, 0, 9, .. "FORBIDDEN"u8, 0x1C, 8, 10, 0, 9, .. "FORBIDDEN"u8,
    ];

    private static byte[] MultiPicture()
    {
        var index = new TiffBuilder();
        return index.Build(index.Directory(TiffBuilder.Data(0xB000, [.. "0100"u8]), TiffBuilder.Long(0xB001, 2), TiffBuilder.Data(0xB002, [.. "FORBIDDEN"u8, .. new byte[23]])));
    }

    private static byte[] PhotoshopThumbnail()
    {
        var header = new byte[28];
        (header[3], header[7], header[11]) = (1, 16, 12);
        return [.. header, .. Thumbnail];
    }

    private static byte[] Resource(int id, byte[] content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, content.Length);
        return [.. "8BIM"u8, (byte)(id >> 8), (byte)id, 0, 0, .. size, .. content, .. new byte[content.Length % 2]];
    }

    private static byte[] Jpeg()
    {
        var jpeg = Pictures.Encode(PictureFormat.Jpeg, 67, 41, PixelFormat.Rgb24);
        var extended = Encoding.UTF8.GetBytes(ExtendedXmp);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, extended.Length);
        foreach (var (marker, content) in new (byte, byte[])[]
        {
            (0xFE, [.. "secret FORBIDDEN comment"u8]),
            (0xEB, [.. "JP\0\0FORBIDDEN jumb c2pa"u8]),
            (0xEA, [.. "FORBIDDEN private"u8]),
            (0xED, [.. "Photoshop 3.0\0"u8, .. Resource(0x0404, Iptc()), .. Resource(0x040C, PhotoshopThumbnail())]),
            (0xE2, [.. "MPF\0"u8, .. MultiPicture()]),
            (0xE1, [.. "http://ns.adobe.com/xmp/extension/\0"u8, .. new byte[32].Select(_ => (byte)'A'), .. length, 0, 0, 0, 0, .. extended]),
            (0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(SecretXmp)]),
            (0xE1, [.. "Exif\0\0"u8, .. Exif()]),
            (0xE0, [.. "JFXX\0\x10"u8, .. Thumbnail]),
        })
        {
            jpeg = Tests.Exif.Insert(jpeg, marker, content);
        }

        return [.. jpeg, .. Thumbnail, .. "FORBIDDEN trailing data"u8];
    }

    private static byte[] Png()
    {
        var png = Pictures.Encode(PictureFormat.Png, 31, 17, PixelFormat.Rgb24);
        png = Chunks.AddToPng(png, "tEXt", "Author\0secret FORBIDDEN"u8);
        png = Chunks.AddToPng(png, "zTXt", [.. "Comment\0\0"u8, .. Deflate([.. "secret FORBIDDEN"u8])]);
        png = Chunks.AddToPng(png, "iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(SecretXmp)]);
        png = Chunks.AddToPng(png, "iTXt", [.. "Title\0\x1\0\0\0"u8, .. Deflate([.. "secret FORBIDDEN"u8])]);
        png = Chunks.AddToPng(png, "tIME", [7, 232, 2, 29, 17, 45, 12]);
        png = Chunks.AddToPng(png, "eXIf", Exif());
        png = Chunks.AddToPng(png, "caBX", "FORBIDDEN"u8);
        png = Chunks.AddToPng(png, "prVt", [.. Thumbnail]);
        return [.. png, .. "FORBIDDEN trailing"u8];
    }

    private static byte[] WebP()
    {
        var webp = Pictures.Encode(PictureFormat.WebP, 31, 17, PixelFormat.Rgb24);

        // Readers look for metadata only where the extended header announces it.
        byte[] extended = [.. "VP8X"u8, 10, 0, 0, 0, 0x0C, 0, 0, 0, 30, 0, 0, 16, 0, 0];
        webp = [.. webp[..12], .. extended, .. webp[12..]];
        webp = Chunks.AddToWebP(webp, "EXIF", Exif());
        webp = Chunks.AddToWebP(webp, "XMP ", Encoding.UTF8.GetBytes(SecretXmp));
        webp = Chunks.AddToWebP(webp, "prVt", "FORBIDDEN"u8);
        return [.. webp, .. "FORBIDDEN trailing"u8];
    }

    private static byte[] Tiff()
    {
        var tiff = new TiffBuilder();
        var exif = tiff.Directory(
            TiffBuilder.Rational(0x829A, 1, 250), TiffBuilder.Text(0x9003, "2024:02:29 17:45:12"), TiffBuilder.Text(0xA431, "secret-4711"), TiffBuilder.Data(0x927C, [.. "FORBIDDEN maker note"u8]));
        var gps = tiff.Directory(
            TiffBuilder.Text(1, "N"), TiffBuilder.Rational(2, 43, 1, 30, 1, 0, 1), TiffBuilder.Text(3, "W"), TiffBuilder.Rational(4, 11, 1, 15, 1, 36, 1));
        var pixels = tiff.Store([.. Enumerable.Range(0, 40 * 30 * 3).Select(i => (byte)(i % 251))]);
        var small = tiff.Store([.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("FORBIDDEN", 20)))]);
        (ushort, int, int, byte[])[] Layout(int width, int height, int channels, int at, int kind) =>
        [
            TiffBuilder.Long(254, kind), TiffBuilder.Short(256, (ushort)width), TiffBuilder.Short(257, (ushort)height), TiffBuilder.Short(258, [.. Enumerable.Repeat((ushort)8, channels)]),
            TiffBuilder.Short(259, 1), TiffBuilder.Short(262, (ushort)(channels == 3 ? 2 : 1)), TiffBuilder.Long(273, at), TiffBuilder.Short(277, (ushort)channels),
            TiffBuilder.Short(278, (ushort)height), TiffBuilder.Long(279, width * height * channels),
        ];
        var main = tiff.Directory(
        [
            .. Layout(40, 30, 3, pixels, 0), TiffBuilder.Text(0x010F, "secret make"), TiffBuilder.Text(0x013B, "secret artist"), TiffBuilder.Long(0x8769, exif), TiffBuilder.Long(0x8825, gps),
            TiffBuilder.Data(0x02BC, Encoding.UTF8.GetBytes(SecretXmp)), TiffBuilder.Data(0x83BB, Iptc()), TiffBuilder.Data(65000, [.. "FORBIDDEN private"u8]),
        ]);
        tiff.Next(main, tiff.Directory(Layout(15, 12, 1, small, 1)));
        return [.. tiff.Build(main), .. "FORBIDDEN trailing"u8];
    }

    private static byte[] Gif() => [.. Chunks.AddToGif(Pictures.Encode(PictureFormat.Gif, 31, 17, PixelFormat.Rgb24), "secret FORBIDDEN"u8), .. "FORBIDDEN trailing"u8];

    // The encoder itself puts the items there when it is told to keep everything.
    private static byte[] Avif()
    {
        using var pixels = Pictures.Paint(64, 48, PixelFormat.Rgb24);
        using var pin = pixels.Pin();
        byte[] encoded;
        unsafe
        {
            using var view = VipsImage.View(pin.Pointer, 64 * 48 * 3, 64, 48, 3, VipsBandFormat.UInt8);
            using var copy = new VipsOperation("copy");
            using var image = copy.Set("in", view).Set("interpretation", VipsInterpretation.Srgb).ToImage();
            image.Set("exif-data", [.. "Exif\0\0"u8, .. Exif()]);
            image.Set("xmp-data", Encoding.UTF8.GetBytes(SecretXmp));
            using var saver = new VipsOperation("heifsave_buffer");
            using var blob = saver.Set("in", image).Set("compression", VipsHeifCompression.Av1).Set("effort", 0).Set("keep", (VipsKeep)31).ToBlob();
            encoded = blob.Bytes.Span.ToArray();
        }

        return [.. encoded, .. "FORBIDDEN trailing"u8];
    }

    private static byte[] Deflate(byte[] content)
    {
        using var result = new MemoryStream();
        using (var stream = new System.IO.Compression.ZLibStream(result, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(content);
        }

        return result.ToArray();
    }
}
