namespace Veil.Imaging.Tests;

public sealed class AnimationTests
{
    [Theory]
    [InlineData(PictureFormat.Gif, 33, 67)]
    [InlineData(PictureFormat.Gif, 200, 150)]
    [InlineData(PictureFormat.WebP, 33, 67)]
    [InlineData(PictureFormat.WebP, 200, 150)]
    public void Frames_delays_and_loop_are_kept(PictureFormat format, int width, int height)
    {
        var traits = new PictureTraits(format, width, height, 4, PixelFormat.Rgb24)
        {
            Delays = [70, 200, 40, 1000],
            Loop = 3,
            WebP = format == PictureFormat.WebP ? new WebPTraits(true, 100) : null,
        };
        using var original = Pictures.Create(traits, [.. Enumerable.Range(0, 4).Select(frame => Pictures.Paint(width, height, PixelFormat.Rgb24, frame * 2))]);
        using var decoded = Picture.Decode(original.Encode());
        Assert.Equal(4, decoded.Traits.Frames);
        Assert.Equal(traits.Delays.AsEnumerable(), decoded.Traits.Delays);
        Assert.Equal(3, decoded.Traits.Loop);
        for (var i = 0; i < 4; i++)
        {
            using var expected = Rgba.From(original.Frame(i));
            using var actual = Rgba.From(decoded.Frame(i));
            Assert.InRange(Pictures.MeanDifference(expected, actual), 0, format == PictureFormat.WebP ? 0 : 6);
        }
    }

    [Fact]
    public void Frames_that_stay_as_they_are_survive_a_second_gif_exactly()
    {
        var traits = new PictureTraits(PictureFormat.Gif, 60, 45, 3, PixelFormat.Rgb24) { Delays = [50, 50, 50] };
        using var original = Pictures.Create(traits, [.. Enumerable.Range(0, 3).Select(frame => Posterised(60, 45, frame))]);
        using var once = Picture.Decode(original.Encode());
        using var twice = Picture.Decode(once.Encode());
        for (var i = 0; i < 3; i++)
        {
            using var expected = Rgba.From(original.Frame(i));
            using var actual = Rgba.From(twice.Frame(i));
            Assert.InRange(Pictures.LargestDifference(expected, actual), 0, 2);
        }
    }

    [Fact]
    public void Tiff_pages_of_one_size_are_all_read_and_written()
    {
        var traits = new PictureTraits(PictureFormat.Tiff, 60, 145, 3, PixelFormat.Rgb24);
        using var original = Pictures.Create(traits, [.. Enumerable.Range(0, 3).Select(frame => Pictures.Paint(60, 145, PixelFormat.Rgb24, frame))]);
        using var decoded = Picture.Decode(original.Encode());
        Assert.Equal(3, decoded.Traits.Frames);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(0, Pictures.LargestDifference(original.Frame(i), decoded.Frame(i)));
        }
    }

    [Fact]
    public void Frames_of_a_source_carry_their_time()
    {
        var traits = new PictureTraits(PictureFormat.Gif, 20, 15, 3, PixelFormat.Rgb24) { Delays = [70, 200, 40] };
        using var source = new PictureSource(Pictures.Create(traits, [.. Enumerable.Range(0, 3).Select(frame => Pictures.Paint(20, 15, PixelFormat.Rgb24, frame))]));
        foreach (var milliseconds in (int[])[0, 70, 270])
        {
            using var frame = source.Read(CancellationToken.None);
            Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), frame!.Timestamp);
        }

        Assert.Null(source.Read(CancellationToken.None));
    }

    [Fact]
    public void An_animation_is_not_squeezed_into_a_still_format()
    {
        using var picture = Pictures.Create(PictureFormat.Gif, Pictures.Paint(20, 15, PixelFormat.Rgb24), Pictures.Paint(20, 15, PixelFormat.Rgb24, 1));
        var error = Assert.Throws<Errors.VeilException>(() => picture.Encode(new EncodeOptions { Format = PictureFormat.Jpeg }));
        Assert.Equal(Errors.VeilErrorCode.EncodeFailed, error.Code);
    }

    private static PixelBuffer Posterised(int width, int height, int seed)
    {
        var buffer = Pictures.Paint(width, height, PixelFormat.Rgb24, seed);
        foreach (ref var value in buffer.Span)
        {
            value = (byte)(value / 64 * 64);
        }

        return buffer;
    }
}
