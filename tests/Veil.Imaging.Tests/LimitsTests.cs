using System.Buffers.Binary;
using System.Diagnostics;
using Veil.Errors;

namespace Veil.Imaging.Tests;

public sealed class LimitsTests
{
    [Theory]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.WebP)]
    [InlineData(PictureFormat.Tiff)]
    [InlineData(PictureFormat.Gif)]
    [InlineData(PictureFormat.Avif)]
    [InlineData(PictureFormat.Bmp)]
    public void Each_limit_is_named_with_its_value_and_flag(PictureFormat format)
    {
        var file = Pictures.Encode(format, 60, 40, PixelFormat.Rgb24);
        Expect(file, new PictureLimits { MaxPixels = 2399 }, "2399", "2400", "--max-pixels");
        Expect(file, new PictureLimits { MaxDimension = 59 }, "59", "60", "--max-dimension");
        Expect(file, new PictureLimits { MaxFileBytes = file.Length - 1 }, $"{file.Length - 1}", $"{file.Length}", "--max-file-bytes");
        Picture.Decode(file, new PictureLimits { MaxPixels = 2400, MaxDimension = 60, MaxFileBytes = file.Length, MaxFrames = 1 }).Dispose();
    }

    [Fact]
    public void Frames_count_one_by_one_and_together()
    {
        using var picture = Pictures.Create(PictureFormat.Gif, Pictures.Paint(20, 10, PixelFormat.Rgb24), Pictures.Paint(20, 10, PixelFormat.Rgb24, 1));
        var file = picture.Encode();
        Expect(file, new PictureLimits { MaxFrames = 1 }, "1", "2", "--max-frames");
        Expect(file, new PictureLimits { MaxPixels = 399 }, "399", "400", "--max-pixels");
    }

    [Fact]
    public void A_header_that_claims_a_giant_costs_no_memory()
    {
        var file = Pictures.Encode(PictureFormat.Png, 8, 8, PixelFormat.Gray8);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Chunks.Crc32(file.AsSpan(12, 17)));
        var before = Process.GetCurrentProcess().PeakWorkingSet64;
        Expect(file, PictureLimits.Default, "300000000", "3600000000", "--max-pixels");
        Assert.InRange(Process.GetCurrentProcess().PeakWorkingSet64 - before, 0, 100 << 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello, this is text and no picture at all")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'></svg>")]
    [InlineData("%PDF-1.4")]
    public void What_is_no_picture_is_said_so(string content)
    {
        var error = Assert.Throws<VeilException>(() => Picture.Decode(System.Text.Encoding.UTF8.GetBytes(content)));
        Assert.Equal(VeilErrorCode.NotAPicture, error.Code);
    }

    [Theory]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.WebP)]
    [InlineData(PictureFormat.Tiff)]
    [InlineData(PictureFormat.Gif)]
    [InlineData(PictureFormat.Avif)]
    [InlineData(PictureFormat.Bmp)]
    public void A_file_cut_short_is_an_error_and_never_half_a_picture(PictureFormat format)
    {
        var file = Pictures.Encode(format, 90, 70, PixelFormat.Rgb24);
        foreach (var part in (double[])[0.1, 0.3, 0.5, 0.7, 0.9])
        {
            var error = Assert.Throws<VeilException>(() => Picture.Decode(file.AsSpan(0, (int)(file.Length * part))));
            Assert.True(error.Code is VeilErrorCode.CorruptInput or VeilErrorCode.UnsupportedFormat or VeilErrorCode.NotAPicture, error.Message);
        }
    }

    [Fact]
    public void A_jpeg_with_stray_bytes_before_its_end_is_read()
    {
        var file = Pictures.Encode(PictureFormat.Jpeg, 90, 70, PixelFormat.Rgb24);
        using var plain = Picture.Decode(file);
        using var stray = Picture.Decode([.. file[..^2], 1, 2, 3, 0xFF, 0xD9, 9, 9, 9]);
        Assert.Equal(0, Pictures.LargestDifference(plain.Frame(0), stray.Frame(0)));
    }

    private static void Expect(byte[] file, PictureLimits limits, string limit, string value, string flag)
    {
        var error = Assert.Throws<VeilException>(() => Picture.Decode(file, limits));
        Assert.Equal(VeilErrorCode.LimitExceeded, error.Code);
        Assert.Contains(limit, error.Message, StringComparison.Ordinal);
        Assert.Contains(value, error.Message, StringComparison.Ordinal);
        Assert.Contains(flag, error.Hint, StringComparison.Ordinal);
        Assert.Equal(VeilErrorCode.LimitExceeded, Assert.Throws<VeilException>(() => Picture.Identify(file, limits)).Code);
    }
}
