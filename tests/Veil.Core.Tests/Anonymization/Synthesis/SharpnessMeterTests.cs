using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class SharpnessMeterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1.5f)]
    [InlineData(2.5f)]
    public void A_known_blur_is_told(float sigma)
    {
        using var picture = Bars();
        GaussianBlur.Apply(picture.Span, picture.Stride, picture.Span, picture.Stride, picture.Width, picture.Height, 3, sigma, (int)MathF.Ceiling(4 * sigma));
        var measured = Assert.NotNull(SharpnessMeter.Measure(picture, picture.Bounds, (_, _) => true));
        Assert.Equal(sigma, measured, 0.35f * sigma);
    }

    [Fact]
    public void Sharp_edges_are_sharper_than_blurred_ones_and_flat_pictures_have_none()
    {
        using var bars = Bars();
        Assert.InRange(Assert.NotNull(SharpnessMeter.Measure(bars, bars.Bounds, (_, _) => true)), 0, 0.9f);
        Assert.Null(SharpnessMeter.Measure(bars, bars.Bounds, (_, _) => false));
        using var flat = new PixelBuffer(50, 50, PixelFormat.Rgb24);
        Assert.Null(SharpnessMeter.Measure(flat, flat.Bounds, (_, _) => true));
    }

    private static PixelBuffer Bars()
    {
        var picture = new PixelBuffer(160, 80, PixelFormat.Rgb24);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                picture.Row(y).Slice(3 * x, 3).Fill(x / 20 % 2 == 0 ? (byte)30 : (byte)220);
            }
        }

        return picture;
    }
}
