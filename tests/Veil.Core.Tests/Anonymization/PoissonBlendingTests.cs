using Veil.Anonymization;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization;

public class PoissonBlendingTests
{
    private readonly PoissonBlender _blend = PoissonBlending.Create();

    [Fact]
    public void The_result_depends_on_nothing_under_the_mask_and_nothing_of_the_patch_outside_it()
    {
        var mask = Ellipse(new PixelRect(6, 9, 60, 58));
        using var original = Picture(70, 66, 1, padding: 5);
        using var first = Picture(70, 66, 1, padding: 5);
        using var second = Picture(70, 66, 1, padding: 5);
        using var patch = Picture(70, 66, 2, padding: 2);
        using var other = Picture(70, 66, 2, padding: 2);
        Change(second, mask, where: true);
        Change(other, mask, where: false);
        _blend(first, patch, mask);
        _blend(second, other, mask);
        Assert.Equal(first.Span, second.Span);
        for (var y = 0; y < 66; y++)
        {
            for (var x = 0; x < 70; x++)
            {
                if (mask[x, y] == 0)
                {
                    Assert.Equal(original.Row(y).Slice(x * 3, 3), first.Row(y).Slice(x * 3, 3));
                }
            }
        }
    }

    [Fact]
    public void A_patch_that_differs_by_a_colour_vanishes()
    {
        using var image = Smooth(90, 80, 0);
        using var expected = Smooth(90, 80, 0);
        using var patch = Smooth(90, 80, 40);
        _blend(image, patch, Ellipse(new PixelRect(20, 15, 75, 70)));
        for (var y = 0; y < 80; y++)
        {
            for (var i = 0; i < 90 * 3; i++)
            {
                Assert.InRange(image.Row(y)[i] - expected.Row(y)[i], -3, 3);
            }
        }
    }

    [Fact]
    public void It_balances_as_the_plain_equations_say()
    {
        var mask = Ellipse(new PixelRect(0, 3, 17, 24));
        using var image = Picture(20, 24, 3);
        using var patch = Picture(20, 24, 4);
        var expected = Relaxed(image, patch, mask);
        _blend(image, patch, mask);
        for (var y = 0; y < 24; y++)
        {
            for (var x = 0; x < 20; x++)
            {
                if (mask[x, y] > 0)
                {
                    Assert.InRange(image.Row(y)[x * 3] - Math.Clamp(expected[(y * 20) + x], 0, 255), -0.6, 0.6);
                }
            }
        }
    }

    [Fact]
    public void Without_any_surroundings_the_patch_is_taken_as_it_is()
    {
        for (var size = 1; size <= 67; size += 11)
        {
            using var image = Picture(size, size + 1, 1);
            using var patch = Picture(size, size + 1, 2, padding: 3);
            _blend(image, patch, RegionMask.Full(image.Bounds));
            for (var y = 0; y <= size; y++)
            {
                Assert.Equal(patch.Row(y), image.Row(y));
            }
        }
    }

    [Fact]
    public void Effort_per_pixel_hardly_grows_with_the_region()
    {
        foreach (var side in new[] { 30, 120, 480 })
        {
            var length = (side + 2) * (side + 2);
            var (right, below, rim, load) = (new float[length], new float[length], new float[length], new float[length]);
            var random = new Random(5);
            for (var y = 1; y <= side; y++)
            {
                for (var x = 1; x <= side; x++)
                {
                    var i = (y * (side + 2)) + x;
                    (right[i], below[i]) = (x < side ? 1 : 0, y < side ? 1 : 0);
                    rim[i] = 4 - (x > 1 ? 1 : 0) - (x < side ? 1 : 0) - (y > 1 ? 1 : 0) - (y < side ? 1 : 0);
                    load[i] = rim[i] * random.Next(-100, 100);
                }
            }

            var grid = new MembraneGrid(side, side, right, below, rim);
            Assert.InRange(MembraneSolver.Solve(grid, load, new float[length]), 1, 25);
        }
    }

    /// <summary>Gauss–Seidel on the equations as they stand, first channel.</summary>
    private static double[] Relaxed(PixelBuffer image, PixelBuffer patch, RegionMask mask)
    {
        var (width, height) = (image.Width, image.Height);
        var value = new double[width * height];
        for (var i = 0; i < value.Length; i++)
        {
            value[i] = image.Row(i / width)[i % width * 3];
        }

        for (var round = 0; round < 4000; round++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    if (mask[x, y] == 0)
                    {
                        continue;
                    }

                    var (sum, count) = (0.0, 0);
                    foreach (var (dx, dy) in new[] { (1, 0), (-1, 0), (0, 1), (0, -1) })
                    {
                        var (u, v) = (x + dx, y + dy);
                        if (u < 0 || v < 0 || u >= width || v >= height)
                        {
                            continue;
                        }

                        count++;
                        sum += value[(v * width) + u] + (mask[u, v] > 0 ? patch.Row(y)[x * 3] - patch.Row(v)[u * 3] : 0);
                    }

                    value[(y * width) + x] = sum / count;
                }
            }
        }

        return value;
    }

    private static void Change(PixelBuffer picture, RegionMask mask, bool where)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            var row = picture.Row(y);
            for (var i = 0; i < row.Length; i++)
            {
                if (mask[i / 3, y] > 0 == where)
                {
                    row[i] = (byte)(255 - row[i]);
                }
            }
        }
    }

    private static PixelBuffer Picture(int width, int height, int seed, int padding = 0)
    {
        var bytes = new byte[((width * 3) + padding) * height];
        new Random(seed).NextBytes(bytes);
        if (padding > 0)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = i % ((width * 3) + padding) >= width * 3 ? (byte)0 : bytes[i];
            }
        }

        return PixelBuffer.Wrap(bytes, width, height, (width * 3) + padding, PixelFormat.Rgb24);
    }

    private static PixelBuffer Smooth(int width, int height, int shift)
    {
        var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        for (var y = 0; y < height; y++)
        {
            for (var i = 0; i < width * 3; i++)
            {
                picture.Row(y)[i] = (byte)(60 + (i / 3) + (y / 2) + shift);
            }
        }

        return picture;
    }

    private static RegionMask Ellipse(PixelRect bounds)
    {
        var coverage = new byte[bounds.Width * bounds.Height];
        for (var i = 0; i < coverage.Length; i++)
        {
            var dx = ((i % bounds.Width) + 0.5) / bounds.Width * 2 - 1;
            var dy = ((i / bounds.Width) + 0.5) / bounds.Height * 2 - 1;
            coverage[i] = (byte)Math.Clamp((1.1 - (dx * dx) - (dy * dy)) * 1000, 0, 255);
        }

        return new RegionMask(bounds, coverage);
    }
}
