namespace Veil.Imaging.Tests;

public sealed class RoundTripTests
{
    public static TheoryData<PictureFormat, PixelFormat> LosslessPairs() => new()
    {
        { PictureFormat.Png, PixelFormat.Gray8 },
        { PictureFormat.Png, PixelFormat.Rgb24 },
        { PictureFormat.Png, PixelFormat.Rgba32 },
        { PictureFormat.Png, PixelFormat.Gray16 },
        { PictureFormat.Png, PixelFormat.Rgb48 },
        { PictureFormat.Png, PixelFormat.Rgba64 },
        { PictureFormat.Tiff, PixelFormat.Gray8 },
        { PictureFormat.Tiff, PixelFormat.Rgb24 },
        { PictureFormat.Tiff, PixelFormat.Rgba32 },
        { PictureFormat.Tiff, PixelFormat.Gray16 },
        { PictureFormat.Tiff, PixelFormat.Rgb48 },
        { PictureFormat.Tiff, PixelFormat.Rgba64 },
        { PictureFormat.Bmp, PixelFormat.Rgb24 },
        { PictureFormat.Bmp, PixelFormat.Rgba32 },
    };

    public static TheoryData<PictureFormat, PixelFormat> LossyPairs() => new()
    {
        { PictureFormat.Jpeg, PixelFormat.Gray8 },
        { PictureFormat.Jpeg, PixelFormat.Rgb24 },
        { PictureFormat.WebP, PixelFormat.Rgb24 },
        { PictureFormat.Avif, PixelFormat.Rgb24 },
        { PictureFormat.Avif, PixelFormat.Rgba32 },
    };

    [Theory]
    [MemberData(nameof(LosslessPairs))]
    public void Lossless_formats_keep_every_pixel_at_every_size(PictureFormat format, PixelFormat pixels)
    {
        for (var size = 1; size <= 67; size++)
        {
            using var original = Pictures.Create(format, Pictures.Paint(size, 68 - size, pixels));
            using var decoded = Picture.Decode(original.Encode());
            Assert.Equal(format, decoded.Traits.Format);
            Assert.Equal(0, Pictures.LargestDifference(original.Frame(0), decoded.Frame(0)));
        }
    }

    [Theory]
    [MemberData(nameof(LossyPairs))]
    public void Lossy_formats_keep_size_format_and_look(PictureFormat format, PixelFormat pixels)
    {
        foreach (var size in (int[])[1, 2, 7, 8, 9, 31, 67])
        {
            using var original = Pictures.Create(format, Pictures.Paint(size, 68 - size, pixels));
            using var decoded = Picture.Decode(original.Encode());
            Assert.Equal(format, decoded.Traits.Format);
            Assert.InRange(Pictures.MeanDifference(original.Frame(0), decoded.Frame(0)), 0, 4);
        }
    }

    [Fact]
    public void Sixteen_bit_avif_stays_deep()
    {
        using var original = Pictures.Create(
            new PictureTraits(PictureFormat.Avif, 40, 30, 1, PixelFormat.Rgb48) { BitDepth = 10 }, Pictures.Paint(40, 30, PixelFormat.Rgb48));
        using var decoded = Picture.Decode(original.Encode());
        Assert.Equal((10, PixelFormat.Rgb48), (decoded.Traits.BitDepth, decoded.Traits.Pixels));
        Assert.InRange(Pictures.LargestDifference(original.Frame(0), decoded.Frame(0)), 0, 65535 / 12);
        using var again = Picture.Decode(decoded.Encode());
        Assert.Equal((decoded.Traits.BitDepth, PixelFormat.Rgb48), (again.Traits.BitDepth, again.Traits.Pixels));
    }

    [Fact]
    public void Lossless_webp_stays_lossless()
    {
        using var original = Pictures.Create(
            new PictureTraits(PictureFormat.WebP, 67, 31, 1, PixelFormat.Rgba32) { WebP = new WebPTraits(true, 100) }, Pictures.Paint(67, 31, PixelFormat.Rgba32));
        using var decoded = Picture.Decode(original.Encode());
        Assert.Equal(new WebPTraits(true, 100), decoded.Traits.WebP);
        Assert.Equal(0, Pictures.LargestDifference(original.Frame(0), decoded.Frame(0)));
    }

    [DataFact("wider-dev")]
    public void Lossy_webp_quality_of_photos_is_estimated_within_one()
    {
        using var photo = PictureFile.Open(Directory.EnumerateFiles(SharedData.Path("wider-dev"), "*.jpg", SearchOption.AllDirectories).Order().First());
        foreach (var quality in (int[])[20, 50, 75, 92])
        {
            var file = photo.Encode(new EncodeOptions { Format = PictureFormat.WebP, Quality = quality });
            Assert.InRange(WebP.WebPHeader.Read(file).Quality, quality - 1, quality + 1);
        }
    }

    [Fact]
    public void Lossy_webp_quality_is_never_estimated_too_low()
    {
        for (var quality = 1; quality <= 100; quality += 3)
        {
            var file = Pictures.Encode(PictureFormat.WebP, 200, 150, PixelFormat.Rgb24, new EncodeOptions { Quality = quality });
            Assert.InRange(WebP.WebPHeader.Read(file).Quality, quality - 1, 100);
        }
    }

    [Theory]
    [InlineData(TiffCompression.None)]
    [InlineData(TiffCompression.Deflate)]
    [InlineData(TiffCompression.Lzw)]
    [InlineData(TiffCompression.PackBits)]
    public void Tiff_compression_is_kept(TiffCompression compression)
    {
        using var original = Pictures.Create(
            new PictureTraits(PictureFormat.Tiff, 67, 31, 1, PixelFormat.Rgb24) { Tiff = compression }, Pictures.Paint(67, 31, PixelFormat.Rgb24));
        using var decoded = Picture.Decode(original.Encode());
        Assert.Equal(compression, decoded.Traits.Tiff);
        Assert.Equal(0, Pictures.LargestDifference(original.Frame(0), decoded.Frame(0)));
    }

    [Fact]
    public void Another_format_is_written_when_asked_for()
    {
        foreach (var target in Enum.GetValues<PictureFormat>().Where(format => format != PictureFormat.Heif))
        {
            using var decoded = Picture.Decode(Pictures.Encode(PictureFormat.Png, 40, 30, PixelFormat.Rgb24, new EncodeOptions { Format = target }));
            Assert.Equal((target, 40, 30), (decoded.Traits.Format, decoded.Traits.Width, decoded.Traits.Height));
        }
    }

    [Fact]
    public void Sixteen_bits_and_alpha_give_way_where_jpeg_has_neither()
    {
        foreach (var pixels in Enum.GetValues<PixelFormat>())
        {
            using var decoded = Picture.Decode(Pictures.Encode(PictureFormat.Png, 40, 30, pixels, new EncodeOptions { Format = PictureFormat.Jpeg }));
            Assert.Equal(pixels.Channels() == 1 ? PixelFormat.Gray8 : PixelFormat.Rgb24, decoded.Traits.Pixels);
        }
    }

    [Fact]
    public void Rows_with_padding_are_encoded_without_it()
    {
        using var whole = Pictures.Paint(50, 40, PixelFormat.Rgb24);
        using var picture = Pictures.Create(PictureFormat.Png, whole.View(new PixelRect(3, 5, 40, 33)));
        using var decoded = Picture.Decode(picture.Encode());
        Assert.Equal(0, Pictures.LargestDifference(picture.Frame(0), decoded.Frame(0)));
    }

    [Fact]
    public void The_header_alone_tells_what_decoding_tells()
    {
        foreach (var format in Enum.GetValues<PictureFormat>().Where(format => format != PictureFormat.Heif))
        {
            var file = Pictures.Encode(format, 37, 23, PixelFormat.Rgb24);
            using var decoded = Picture.Decode(file);
            Assert.Equal(decoded.Info, Picture.Identify(file));
        }
    }

    [Fact]
    public void An_array_and_a_stream_get_the_same_bytes()
    {
        using var picture = Pictures.Create(PictureFormat.Jpeg, Pictures.Paint(40, 30, PixelFormat.Rgb24));
        using var stream = new MemoryStream();
        picture.Encode(stream);
        Assert.Equal(picture.Encode(), stream.ToArray());
    }

    [Fact]
    public void Nothing_native_is_left_behind()
    {
        foreach (var format in Enum.GetValues<PictureFormat>().Where(format => format != PictureFormat.Heif))
        {
            using var decoded = Picture.Decode(Pictures.Encode(format, 300, 200, PixelFormat.Rgb24));
            decoded.Encode();
        }

        Leaks.AssertNone();
    }
}
