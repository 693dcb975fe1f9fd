using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class CropViewTests
{
    [Fact]
    public void A_crop_of_its_own_size_shows_the_pixels_themselves()
    {
        using var picture = NoisePicture.Draw(20, 16, 1);
        using var view = CropView.Cut(picture, new PixelRect(3, 2, 11, 10), new PixelSize(8, 8), []);
        for (var y = 0; y < 8; y++)
        {
            Assert.True(picture.Row(y + 2).Slice(9, 24).SequenceEqual(view.Pixels.Row(y)));
        }

        Assert.All(view.Hole, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_smaller_crop_shows_means_of_what_its_pixels_cover()
    {
        using var picture = NoisePicture.Draw(12, 9, 2);
        using var view = CropView.Cut(picture, new PixelRect(0, 0, 12, 9), new PixelSize(4, 3), []);
        for (var y = 0; y < 3; y++)
        {
            for (var x = 0; x < 4; x++)
            {
                var mean = Enumerable.Range(0, 9).Average(i => picture.Row((3 * y) + (i / 3))[3 * ((3 * x) + (i % 3))]);
                Assert.InRange(view.Pixels.Row(y)[3 * x], mean - 0.51, mean + 0.51);
            }
        }
    }

    [Fact]
    public void Beyond_the_border_everything_is_unknown_however_far()
    {
        using var picture = NoisePicture.Draw(5, 4, 3);
        using var view = CropView.Cut(picture, new PixelRect(-3, -2, 9, 8), new PixelSize(12, 10), []);
        for (var y = 0; y < 10; y++)
        {
            for (var x = 0; x < 12; x++)
            {
                var inside = x is >= 3 and < 8 && y is >= 2 and < 6;
                Assert.Equal(inside ? 0 : 255, view.Hole[(y * 12) + x]);
                Assert.Equal(view.Hole[(y * 12) + x], view.Beyond[(y * 12) + x]);
                var expected = inside ? picture.Row(y - 2).Slice(3 * (x - 3), 3).ToArray() : [128, 128, 128];
                Assert.Equal(expected, view.Pixels.Row(y).Slice(3 * x, 3).ToArray());
            }
        }

        using var far = CropView.Cut(picture, new PixelRect(-8_000_000, -8_000_000, 8_000_000, 8_000_000), new PixelSize(64, 64), []);
        Assert.Equal(-1, far.Pixels.Span.IndexOfAnyExcept((byte)128));
    }

    [Fact]
    public void Holes_widen_from_what_is_covered_and_not_from_beyond_the_border()
    {
        using var picture = NoisePicture.Draw(20, 20, 4);
        using var view = CropView.Cut(picture, new PixelRect(-6, 0, 14, 20), new PixelSize(20, 20), [RegionMask.Full(new PixelRect(7, 9, 8, 10))]);
        view.Widen(2);
        Assert.Equal(0, view.Hole[(3 * 20) + 6]);
        Assert.Equal(255, view.Hole[(9 * 20) + 11]);
        Assert.Equal(0, view.Hole[(9 * 20) + 10]);
        Assert.Equal(128, view.Pixels.Row(9)[3 * 11]);
    }

    [Fact]
    public void Nothing_unknown_has_a_part_in_any_pixel_of_a_crop()
    {
        foreach (var (frame, size) in new[] { (new PixelRect(-4, -7, 50, 47), new PixelSize(16, 16)), (new PixelRect(6, 5, 26, 25), new PixelSize(64, 64)), (new PixelRect(0, 0, 40, 30), new PixelSize(40, 30)) })
        {
            var mask = new RegionMask(new PixelRect(11, 9, 22, 20), [.. Enumerable.Range(0, 121).Select(i => (byte)(i % 4 == 0 ? 0 : i))]);
            using var one = NoisePicture.Draw(40, 30, 5);
            using var other = NoisePicture.Draw(40, 30, 6);
            for (var y = 0; y < 30; y++)
            {
                for (var x = 0; x < 40; x++)
                {
                    if (mask[x, y] == 0)
                    {
                        one.Row(y).Slice(3 * x, 3).CopyTo(other.Row(y)[(3 * x)..]);
                    }
                }
            }

            using var first = CropView.Cut(one, frame, size, [mask]);
            using var second = CropView.Cut(other, frame, size, [mask]);
            Assert.True(first.Pixels.Span.SequenceEqual(second.Pixels.Span));
            Assert.Equal(first.Hole, second.Hole);
            Assert.Equal(first.Hole, CropView.Shape(one.Bounds, frame, size, mask).Zip(first.Beyond, (shape, beyond) => (byte)(shape | beyond)));
            Assert.Contains((byte)255, first.Hole);
            Assert.Contains((byte)0, first.Hole);
        }
    }

    [Fact]
    public void A_crop_goes_back_where_it_was_cut()
    {
        using var picture = NoisePicture.Draw(30, 30, 7);
        var frame = new PixelRect(4, 6, 24, 26);
        using var view = CropView.Cut(picture, frame, new PixelSize(20, 20), []);
        using var target = new PixelBuffer(9, 5, PixelFormat.Rgb24);
        CropView.Paste(view.Pixels, frame, new PixelRect(7, 8, 16, 13), target);
        using var expected = picture.View(new PixelRect(7, 8, 16, 13)).Clone();
        Assert.True(expected.Span.SequenceEqual(target.Span));
    }

    [Fact]
    public void A_slope_stays_a_slope_when_it_grows()
    {
        using var painted = new PixelBuffer(16, 16, PixelFormat.Rgb24);
        for (var y = 0; y < 16; y++)
        {
            for (var x = 0; x < 48; x++)
            {
                painted.Row(y)[x] = (byte)(16 * (x / 3));
            }
        }

        using var target = new PixelBuffer(40, 40, PixelFormat.Rgb24);
        CropView.Paste(painted, new PixelRect(0, 0, 64, 64), new PixelRect(12, 12, 52, 52), target);
        for (var x = 0; x < 40; x++)
        {
            Assert.InRange(target.Row(20)[3 * x], (4 * (x + 12.5)) - 8 - 1, (4 * (x + 12.5)) - 8 + 1);
        }
    }
}
