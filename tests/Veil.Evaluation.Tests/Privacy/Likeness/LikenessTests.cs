using Veil.Evaluation.Privacy.Likeness;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Privacy.Likeness;

public sealed class LikenessTests
{
    private const int Width = 40;
    private const int Height = 32;

    [Fact]
    public void Structural_similarity_is_that_of_an_independent_program()
    {
        // numpy and cv2.GaussianBlur(image, (11, 11), 1.5) in double precision on the same two pictures.
        using var first = Picture((x, y) => ((x * 7) + (y * 3), x * y, (x * x) + (y * 5)));
        using var second = Picture((x, y) => ((x * 7) + (y * 3) + 20, (x * y) + (x % 5), (x * x / 2) + (y * 5)));
        var similarity = StructuralSimilarity.Of(first, second);
        Assert.Equal((30, 22), (similarity.Width, similarity.Height));
        Assert.Equal(0.8413115459790709, similarity.Mean, 9);
        Assert.Equal(0.983559587331826, similarity[0, 0], 9);
        Assert.Equal(0.7936047650973279, similarity[20, 10], 9);
    }

    [Fact]
    public void The_same_picture_is_like_itself_and_a_tiny_one_has_no_window()
    {
        using var picture = Picture((x, y) => (x * 7, y, x));
        Assert.Equal(1, StructuralSimilarity.Of(picture, picture).Mean, 12);
        using var tiny = new PixelBuffer(10, 40, PixelFormat.Rgb24);
        Assert.Equal(double.NaN, StructuralSimilarity.Of(tiny, tiny).Mean);
    }

    [Fact]
    public void Five_grey_levels_are_34_decibels_inside_and_nothing_changes_outside()
    {
        using var original = Picture((_, _) => (100, 100, 100));
        using var treated = original.Clone();
        var mask = RegionMask.Full(new PixelRect(0, 0, 14, Height));
        for (var y = 0; y < Height; y++)
        {
            treated.Row(y)[..(14 * 3)].Fill(105);
        }

        var meter = new LikenessMeter();
        meter.Add(original, treated, mask);
        Assert.Equal(34.1514, meter.Likeness.Inside.Psnr!.Value, 4);
        Assert.Equal(double.PositiveInfinity, meter.Likeness.Outside.Psnr);
        Assert.Equal((14 * Height, 26 * Height), (meter.Likeness.Inside.Pixels, meter.Likeness.Outside.Pixels));

        // Windows outside touch nothing covered, though those at the border of the area see what has changed.
        Assert.Equal(1, meter.Likeness.Outside.Ssim!.Value, 12);
        Assert.InRange(meter.Likeness.Inside.Ssim!.Value, 0.5, 0.9999);
    }

    [Fact]
    public void Without_a_mask_all_is_outside_and_a_full_one_leaves_nothing_there()
    {
        using var picture = Picture((x, y) => (x, y, x));
        var (without, full) = (new LikenessMeter(), new LikenessMeter());
        without.Add(picture, picture, null);
        full.Add(picture, picture, RegionMask.Full(picture.Bounds));
        Assert.Equal((0L, null, null), (without.Likeness.Inside.Pixels, without.Likeness.Inside.Ssim, without.Likeness.Inside.Psnr));
        Assert.Equal((0L, null, null), (full.Likeness.Outside.Pixels, full.Likeness.Outside.Ssim, full.Likeness.Outside.Psnr));
    }

    [Fact]
    public void Pictures_of_two_sizes_are_refused()
    {
        using var first = new PixelBuffer(20, 20, PixelFormat.Rgb24);
        using var second = new PixelBuffer(20, 21, PixelFormat.Rgb24);
        Assert.Throws<ArgumentException>(() => StructuralSimilarity.Of(first, second));
    }

    private static PixelBuffer Picture(Func<int, int, (int R, int G, int B)> colour)
    {
        var picture = new PixelBuffer(Width, Height, PixelFormat.Rgb24);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (r, g, b) = colour(x, y);
                (picture.Row(y)[3 * x], picture.Row(y)[(3 * x) + 1], picture.Row(y)[(3 * x) + 2]) = ((byte)(r % 256), (byte)(g % 256), (byte)(b % 256));
            }
        }

        return picture;
    }
}
