using Veil.Imaging;
using Veil.Regions;

namespace Veil.Vision.Tests;

public class TeleaInpaintingTests
{
    [VisionFact]
    public void Filled_pixels_do_not_depend_on_what_they_were_and_others_stay()
    {
        var fill = TeleaInpainting.Create(5);
        var hole = Noise.Ellipse(new PixelRect(10, 20, 50, 60));
        using var first = Noise.Picture(80, 90, padding: 7);
        using var second = Noise.Picture(80, 90, padding: 7);
        Under(hole, second, value => (byte)(255 - value));
        using var original = Noise.Picture(80, 90, padding: 7);
        fill(first, hole);
        fill(second, hole);
        Assert.Equal(first.Span, second.Span);
        Same_outside(original, first, hole);
    }

    [VisionFact]
    public void Every_size_and_stride_works_also_with_a_hole_as_large_as_the_picture()
    {
        var fill = TeleaInpainting.Create(5);
        for (var size = 1; size <= 67; size += size < 12 ? 1 : 11)
        {
            using var picture = Noise.Picture(size, size + 2, padding: size % 5);
            fill(picture, RegionMask.Full(picture.Bounds));
            for (var y = 0; y < picture.Height; y++)
            {
                Assert.True(picture.Row(y).IndexOfAnyExcept((byte)0) < 0);
            }

            using var original = Noise.Picture(size, size + 2, padding: size % 5);
            using var partly = Noise.Picture(size, size + 2, padding: size % 5);
            var hole = RegionMask.Full(new PixelRect(0, 0, size, (size + 1) / 2));
            fill(partly, hole);
            Same_outside(original, partly, hole);
        }
    }

    [VisionFact]
    public void A_hole_in_one_colour_takes_that_colour()
    {
        using var picture = new PixelBuffer(60, 40, PixelFormat.Rgb24);
        picture.Span.Fill(130);
        var hole = Noise.Ellipse(new PixelRect(0, 5, 30, 40));
        Under(hole, picture, _ => 7);
        TeleaInpainting.Create(5)(picture, hole);
        Assert.True(picture.Span.IndexOfAnyExceptInRange((byte)126, (byte)134) < 0);
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(101)]
    [InlineData(float.NaN)]
    public void A_radius_that_is_no_radius_is_refused(float radius) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TeleaInpainting.Create(radius));

    [VisionFact]
    public void A_hole_beyond_the_picture_is_refused()
    {
        using var picture = Noise.Picture(10, 10);
        Assert.Throws<ArgumentException>(() => TeleaInpainting.Create(3)(picture, RegionMask.Full(new PixelRect(5, 5, 11, 10))));
    }

    private static void Under(RegionMask mask, PixelBuffer picture, Func<byte, byte> change)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < picture.Width; x++)
            {
                for (var channel = 0; channel < 3 && mask[x, y] > 0; channel++)
                {
                    row[(x * 3) + channel] = change(row[(x * 3) + channel]);
                }
            }
        }
    }

    private static void Same_outside(PixelBuffer original, PixelBuffer changed, RegionMask mask)
    {
        var before = original.Span;
        var after = changed.Span;
        for (var i = 0; i < before.Length; i++)
        {
            var (x, y) = (i % original.Stride / 3, i / original.Stride);
            if (x >= original.Width || mask[x, y] == 0)
            {
                Assert.Equal(before[i], after[i]);
            }
        }
    }
}
