using Veil.Imaging;
using Veil.Onnx.Generation;

namespace Veil.Onnx.Tests.Generation;

public class FaceEnlargementTests
{
    [Fact]
    public void Each_pixel_is_Keys_kernel_over_sixteen()
    {
        using var small = new PixelBuffer(7, 5, PixelFormat.Rgb24);
        new Random(1).NextBytes(small.Span);
        var large = FaceEnlargement.Enlarge(small);
        Assert.Equal((28, 20), (large.Width, large.Height));
        for (var y = 0; y < large.Height; y++)
        {
            for (var i = 0; i < large.Width * 3; i++)
            {
                Assert.InRange(large.Row(y)[i] - Reference(small, i / 3, y, i % 3), -0.51, 0.51);
            }
        }
    }

    [Fact]
    public void A_ramp_stays_a_ramp()
    {
        using var small = new PixelBuffer(16, 1, PixelFormat.Rgb24);
        for (var i = 0; i < 48; i++)
        {
            small.Row(0)[i] = (byte)(8 * (i / 3));
        }

        var large = FaceEnlargement.Enlarge(small);
        Assert.All(Enumerable.Range(8, 48), x => Assert.InRange(large.Row(1)[3 * x] - ((2 * x) - 3), -1, 1));
    }

    private static double Reference(PixelBuffer picture, int x, int y, int channel)
    {
        var (u, v) = (((x + 0.5) / 4) - 0.5, ((y + 0.5) / 4) - 0.5);
        var sum = 0.0;
        for (var row = (int)Math.Floor(v) - 1; row <= Math.Floor(v) + 2; row++)
        {
            for (var column = (int)Math.Floor(u) - 1; column <= Math.Floor(u) + 2; column++)
            {
                sum += Kernel(u - column) * Kernel(v - row) * picture.Row(Math.Clamp(row, 0, picture.Height - 1))[(3 * Math.Clamp(column, 0, picture.Width - 1)) + channel];
            }
        }

        return Math.Clamp(sum, 0, 255);
    }

    private static double Kernel(double distance) => Math.Abs(distance) switch
    {
        <= 1 and var t => (1.5 * t * t * t) - (2.5 * t * t) + 1,
        < 2 and var t => (-0.5 * t * t * t) + (2.5 * t * t) - (4 * t) + 2,
        _ => 0,
    };
}
