using Veil.Anonymization.Synthesis;
using Veil.Imaging;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class GrainMeterTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public void Known_noise_is_told_on_a_slope(float deviation)
    {
        using var picture = Noisy(deviation, seed: 1);
        Assert.Equal(deviation, GrainMeter.Measure(picture, picture.Bounds, (_, _) => true), 0.2f * deviation);
    }

    [Fact]
    public void Slopes_and_edges_alone_have_none()
    {
        using var picture = Noisy(0, seed: 1);
        for (var y = 0; y < 120; y++)
        {
            picture.Row(y).Slice(3 * 60, 30).Fill(240);
        }

        Assert.InRange(GrainMeter.Measure(picture, picture.Bounds, (_, _) => true), 0, 0.6f);
    }

    [Fact]
    public void What_does_not_count_is_not_looked_at()
    {
        using var picture = Noisy(10, seed: 2);
        for (var y = 0; y < 120; y++)
        {
            picture.Row(y)[..(3 * 60)].Fill(100);
        }

        Assert.Equal(0, GrainMeter.Measure(picture, picture.Bounds, (x, _) => x < 60));
        Assert.Equal(10, GrainMeter.Measure(picture, picture.Bounds, (x, _) => x >= 60), 2f);
        Assert.Equal(0, GrainMeter.Measure(picture, picture.Bounds, (_, _) => false));
    }

    private static PixelBuffer Noisy(float deviation, int seed)
    {
        var random = new Random(seed);
        var picture = new PixelBuffer(120, 120, PixelFormat.Rgb24);
        for (var y = 0; y < 120; y++)
        {
            for (var x = 0; x < 120; x++)
            {
                var normal = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(MathF.Tau * random.NextSingle());
                picture.Row(y).Slice(3 * x, 3).Fill((byte)Math.Clamp(80 + (x / 2f) + (y / 4f) + (deviation * normal) + 0.5f, 0, 255));
            }
        }

        return picture;
    }
}
