using Veil.Regions;

namespace Veil.Imaging.Tests;

public sealed class CmykTests
{
    // The built-in profile's tables are no closer inverses of each other than this, out of 255.
    private const int ProfileError = 12;

    [Fact]
    public void Untouched_inks_of_a_tiff_stay_exactly()
    {
        using var original = Cmyk.Create(67, 41);
        using var decoded = Picture.Decode(original.Encode(new EncodeOptions { Covered = [[]] }));
        Assert.True(decoded.Traits.IsCmyk);
        Assert.Equal(PixelFormat.Rgb24, decoded.Traits.Pixels);
        Assert.False(decoded.Traits.IccProfile.IsEmpty);
        Assert.Equal(original.Cmyk[0].Memory.GetSpan(), decoded.Cmyk[0].Memory.GetSpan());
        Assert.Equal(0, Pictures.LargestDifference(original.Frame(0), decoded.Frame(0)));
    }

    [Fact]
    public void Covered_pixels_come_from_the_frame_and_the_others_from_the_original_inks()
    {
        using var original = Cmyk.Create(67, 41);
        var area = new PixelRect(10, 8, 30, 29);
        Fill(original.Frame(0), area, 200);
        using var decoded = Picture.Decode(original.Encode(new EncodeOptions { Covered = [[RegionMask.Full(area)]] }));
        for (var y = 0; y < 41; y++)
        {
            for (var x = 0; x < 67; x++)
            {
                var inside = x >= area.Left && x < area.Right && y >= area.Top && y < area.Bottom;
                var before = original.Cmyk[0].Row(y).Slice(x * 4, 4);
                var after = decoded.Cmyk[0].Row(y).Slice(x * 4, 4);
                Assert.Equal(inside, !before.SequenceEqual(after));
                Assert.True(!inside || Math.Abs(decoded.Frame(0).Row(y)[x * 3] - 200) <= ProfileError);
            }
        }
    }

    [Fact]
    public void Changed_pixels_are_written_even_where_no_mask_says_so()
    {
        using var original = Cmyk.Create(67, 41);
        Fill(original.Frame(0), new PixelRect(0, 0, 67, 41), 200);
        using var decoded = Picture.Decode(original.Encode(new EncodeOptions { Covered = [[]] }));
        Assert.All(decoded.Frame(0).Span.ToArray(), value => Assert.InRange(value, 200 - ProfileError, 200 + ProfileError));
    }

    [Fact]
    public void A_cmyk_jpeg_stays_cmyk_and_keeps_its_quality()
    {
        using var original = Cmyk.Create(67, 41, PictureFormat.Jpeg);
        using var decoded = Picture.Decode(original.Encode(new EncodeOptions { Quality = 80 }));
        Assert.True(decoded.Traits.IsCmyk);
        Assert.Equal(80, decoded.Traits.Jpeg!.Quality);
        Assert.InRange(Pictures.MeanDifference(original.Frame(0), decoded.Frame(0)), 0, 6);
        using var again = Picture.Decode(decoded.Encode(new EncodeOptions { Covered = [[]] }));
        Assert.Equal((true, 80), (again.Traits.IsCmyk, again.Traits.Jpeg!.Quality));
    }

    [Fact]
    public void Other_formats_get_the_colours_without_the_cmyk_profile()
    {
        using var original = Cmyk.Create(67, 41);
        using var decoded = Picture.Decode(original.Encode(new EncodeOptions { Format = PictureFormat.Png }));
        Assert.False(decoded.Traits.IsCmyk);
        Assert.True(decoded.Traits.IccProfile.IsEmpty);
        Assert.Equal(0, Pictures.LargestDifference(original.Frame(0), decoded.Frame(0)));
    }

    private static void Fill(PixelBuffer frame, PixelRect area, byte value)
    {
        for (var y = area.Top; y < area.Bottom; y++)
        {
            frame.Row(y)[(area.Left * 3)..(area.Right * 3)].Fill(value);
        }
    }
}
