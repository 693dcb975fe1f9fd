using System.Numerics;
using Veil.Imaging;
using Veil.TensorFlowLite.Crops;

namespace Veil.TensorFlowLite.Tests.Crops;

public sealed class SquareCropTests
{
    [Fact]
    public void A_crop_as_large_as_its_input_takes_pixels_as_they_are()
    {
        using var image = Gradient(40, 40);
        var values = Sample(image, new SquareCrop(new Vector2(20, 20), 16, 0), 16);
        Assert.Equal(image.Row(12)[12 * 3] / 255f, values[0], 1e-5f);
        Assert.Equal(image.Row(27)[(27 * 3) + 1] / 255f, values[^2], 1e-5f);
    }

    [Fact]
    public void Beyond_the_border_the_nearest_pixel_goes_on()
    {
        using var image = Gradient(1, 1);
        Assert.All(Sample(image, new SquareCrop(new Vector2(-30, 80), 64, 1), 8).Chunk(3), pixel => Assert.Equal(image.Row(0)[0] / 255f, pixel[0], 1e-5f));
    }

    [Fact]
    public void A_quarter_turn_reads_columns_as_rows()
    {
        using var image = Gradient(20, 20);
        var upright = Sample(image, new SquareCrop(new Vector2(10, 10), 8, 0), 8);
        var turned = Sample(image, new SquareCrop(new Vector2(10, 10), 8, MathF.PI / 2), 8);

        // The crop's right is the picture's downwards.
        Assert.Equal(upright[(((7 * 8) + 7) * 3) + 1], turned[(7 * 3) + 1], 1e-3f);
        Assert.Equal(upright[7 * 3], turned[0], 1e-3f);
    }

    [Fact]
    public void A_fine_pattern_shrinks_to_its_mean()
    {
        using var image = new PixelBuffer(64, 64, PixelFormat.Rgb24);
        for (var y = 0; y < 64; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                image.Row(y).Slice(x * 3, 3).Fill((byte)((x + y) % 2 == 0 ? 255 : 0));
            }
        }

        Assert.All(Sample(image, new SquareCrop(new Vector2(32, 32), 32, 0), 16), value => Assert.Equal(0.5f, value, 0.01f));
    }

    [Fact]
    public void Every_sample_lies_in_what_the_crop_says_it_reads()
    {
        for (var step = 0; step < 16; step++)
        {
            var crop = new SquareCrop(new Vector2(31.3f, -7.9f), 45.5f, step * MathF.Tau / 16);
            var reads = crop.Reads();
            foreach (var corner in new[] { Vector2.Zero, Vector2.UnitX, Vector2.UnitY, Vector2.One })
            {
                var point = Vector2.Transform(corner, crop.ToPicture());
                Assert.True(point.X > reads.Left && point.Y > reads.Top && point.X < reads.Right && point.Y < reads.Bottom);
            }
        }
    }

    private static float[] Sample(PixelBuffer image, SquareCrop crop, int side)
    {
        var values = new float[side * side * 3];
        CropSampler.Sample(image, crop, side, values);
        return values;
    }

    private static PixelBuffer Gradient(int width, int height)
    {
        var image = new PixelBuffer(width, height, PixelFormat.Rgb24);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                (image.Row(y)[x * 3], image.Row(y)[(x * 3) + 1]) = ((byte)(40 + (x * 5)), (byte)(20 + (y * 5)));
            }
        }

        return image;
    }
}
