using System.Text;

namespace Veil.Imaging.Tests;

public sealed class MetadataTests
{
    private static readonly string[] Traces = ["Exif\0", "http://ns.adobe.com", "Photoshop 3.0", "8BIM", "JFXX", "MPF\0", "secret", "tEXt", "zTXt", "iTXt", "eXIf", "xmpmeta"];

    [Fact]
    public void Segments_of_a_jpeg_are_dropped_but_its_colour_profile_stays()
    {
        var profile = Cmyk.BuiltInRgbProfile();
        var jpeg = Pictures.Encode(PictureFormat.Jpeg, 67, 41, PixelFormat.Rgb24);
        jpeg = Exif.Insert(jpeg, 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. profile]);
        jpeg = Exif.Insert(jpeg, 0xFE, [.. "secret comment"u8]);
        jpeg = Exif.Insert(jpeg, 0xED, [.. "Photoshop 3.0\0008BIM secret"u8]);
        jpeg = Exif.Insert(jpeg, 0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>secret</x:xmpmeta>"u8]);
        jpeg = Exif.Insert(jpeg, 0xE0, [.. "JFXX\0\x10secret"u8]);
        jpeg = [.. Exif.WithOrientation(jpeg, 6), .. "secret trailer"u8];
        using var picture = Picture.Decode(jpeg);
        Assert.Equal(profile, picture.Traits.IccProfile.AsEnumerable());
        foreach (var target in (PictureFormat[])[PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.WebP, PictureFormat.Tiff, PictureFormat.Avif])
        {
            var written = picture.Encode(new EncodeOptions { Format = target });
            AssertClean(written, target.Name());
            using var again = Picture.Decode(written);
            Assert.Equal(profile, again.Traits.IccProfile.AsEnumerable());
        }

        // No profile can be stored there, so the colours are converted.
        using var gif = Picture.Decode(picture.Encode(new EncodeOptions { Format = PictureFormat.Gif }));
        Assert.True(gif.Traits.IccProfile.IsEmpty);
        Assert.InRange(Pictures.MeanDifference(picture.Frame(0), gif.Frame(0)), 0, 4);
    }

    [Fact]
    public void A_jpeg_holds_only_the_segments_that_decoding_needs()
    {
        using var picture = Picture.Decode(Exif.WithOrientation(Pictures.Encode(PictureFormat.Jpeg, 67, 41, PixelFormat.Rgb24), 3));
        Assert.All(Markers(picture.Encode()), marker => Assert.Contains(marker, (byte[])[0xE0, 0xDB, 0xC0, 0xC4, 0xDA]));
    }

    [Fact]
    public void Text_comments_and_trailers_of_other_formats_are_dropped()
    {
        AssertForgets(Chunks.AddToPng(Pictures.Encode(PictureFormat.Png, 31, 17, PixelFormat.Rgb24), "tEXt", "Author\0secret"u8));
        AssertForgets(Chunks.AddToPng(Pictures.Encode(PictureFormat.Png, 31, 17, PixelFormat.Rgb24), "veIl", "secret"u8));
        AssertForgets(Chunks.AddToGif(Pictures.Encode(PictureFormat.Gif, 31, 17, PixelFormat.Rgb24), "secret"u8));
        AssertForgets(Chunks.AddToWebP(Pictures.Encode(PictureFormat.WebP, 31, 17, PixelFormat.Rgb24), "XMP ", "<xmpmeta>secret</xmpmeta>"u8));
        foreach (var format in (PictureFormat[])[PictureFormat.Png, PictureFormat.Gif, PictureFormat.WebP, PictureFormat.Tiff, PictureFormat.Bmp, PictureFormat.Avif])
        {
            AssertForgets([.. Pictures.Encode(format, 31, 17, PixelFormat.Rgb24), .. "secret trailer"u8]);
        }
    }

    [Fact]
    public void Files_hold_only_the_chunks_that_pictures_need()
    {
        var png = Pictures.Encode(PictureFormat.Png, 31, 17, PixelFormat.Rgb24);
        Assert.Subset(new HashSet<string>(["IHDR", "pHYs", "IDAT", "IEND"]), Chunks.NamesInPng(png));
        var webp = Pictures.Encode(PictureFormat.WebP, 31, 17, PixelFormat.Rgb24);
        Assert.Subset(new HashSet<string>(["VP8 "]), Chunks.NamesInWebP(webp));
    }

    [DataFact("metadata")]
    public void Real_photos_lose_every_trace()
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.Path("metadata"), "*", SearchOption.AllDirectories))
        {
            Picture picture;
            try
            {
                picture = PictureFile.Open(path);
            }
            catch (Errors.VeilException)
            {
                continue;
            }

            using (picture)
            {
                var written = picture.Encode();
                AssertClean(written, path);
                Assert.All(Markers(written), marker => Assert.Contains(marker, (byte[])[0xE0, 0xE2, 0xEE, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA]));
                AssertNothingFollows(written, path);
            }
        }
    }

    [DataFact("metadata")]
    public void Real_photos_with_odd_metadata_are_read_nonetheless()
    {
        var failures = new List<string>();
        foreach (var path in Directory.EnumerateFiles(SharedData.Path("metadata"), "*", SearchOption.AllDirectories))
        {
            try
            {
                PictureFile.Open(path).Dispose();
            }
            catch (Errors.VeilException exception)
            {
                failures.Add(path + ": " + exception.Message);
            }
        }

        Assert.Empty(failures);
    }

    private static void AssertForgets(byte[] file)
    {
        Assert.True(file.AsSpan().IndexOf("secret"u8) > 0);
        using var picture = Picture.Decode(file);
        AssertClean(picture.Encode(), picture.Traits.Format.Name());
    }

    private static void AssertClean(byte[] file, string name)
    {
        var text = Encoding.Latin1.GetString(file);
        foreach (var trace in Traces)
        {
            Assert.False(text.Contains(trace, StringComparison.Ordinal), $"{name} still holds '{trace}'");
        }
    }

    private static List<byte> Markers(byte[] jpeg)
    {
        var markers = new List<byte>();
        for (var at = 2; at < jpeg.Length; at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]))
        {
            markers.Add(jpeg[at + 1]);
            if (jpeg[at + 1] == 0xDA)
            {
                break;
            }
        }

        return markers;
    }

    private static void AssertNothingFollows(byte[] jpeg, string name)
    {
        var end = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xD9]);
        Assert.True(end == jpeg.Length - 2, $"{name}: bytes follow the end of the picture");
    }
}
