using System.Numerics;
using Veil.Anonymization.Synthesis;
using Veil.Imaging;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class FaceLightTests
{
    [Fact]
    public void Light_from_a_side_is_told_however_the_head_is_turned()
    {
        foreach (var angle in new[] { 0f, 0.6f, -1.2f })
        {
            var (sine, cosine) = MathF.SinCos(angle);
            var frame = new FaceFrame(new Vector2(60, 60), new Vector2(-30 * sine, 30 * cosine));
            using var picture = Lit(frame, across: 0.3f, down: -0.2f);
            var light = FaceLight.Measure(picture, frame, (_, _) => true)!.Value;
            Assert.Equal(0.3f, light.Slope.X, 0.03f);
            Assert.Equal(-0.2f, light.Slope.Y, 0.03f);
            Assert.Equal(120, light.Mean.X, 3f);
        }
    }

    [Fact]
    public void Only_what_counts_is_looked_at()
    {
        var frame = new FaceFrame(new Vector2(60, 60), new Vector2(0, 30));
        using var picture = Lit(frame, 0, 0);
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Row(y)[..(3 * 60)].Clear();
        }

        Assert.Null(FaceLight.Measure(picture, frame, (_, _) => false));
        Assert.Equal(120, FaceLight.Measure(picture, frame, (x, _) => x > 60)!.Value.Mean.X, 1f);
    }

    [Fact]
    public void Tones_are_few()
    {
        var tones = new HashSet<PlaceTone>();
        var random = new Random(2);
        for (var i = 0; i < 20000; i++)
        {
            var mean = new Vector3(random.NextSingle() * 255, (random.NextSingle() * 200) - 100, (random.NextSingle() * 200) - 100);
            tones.Add(PlaceTone.Of(new FaceLight(mean, 0.2f, new Vector2(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f))));
        }

        Assert.InRange(tones.Count, 100, 5 * 10 * 5 * 3);
    }

    [Theory]
    [InlineData(130, 130, 130, 0)]
    [InlineData(170, 130, 105, 2)]
    [InlineData(90, 68, 55, 2)]
    [InlineData(60, 80, 190, 7)]
    [InlineData(220, 60, 60, 4)]
    public void Skin_in_daylight_is_one_tint_and_coloured_light_another(float red, float green, float blue, int tint) =>
        Assert.Equal(tint, PlaceTone.Of(new FaceLight(Veil.Kernels.ColourStatistics.Opponents(red, green, blue), 0.2f, Vector2.Zero)).Tint);

    private static PixelBuffer Lit(FaceFrame frame, float across, float down)
    {
        var picture = new PixelBuffer(120, 120, PixelFormat.Rgb24);
        for (var y = 0; y < 120; y++)
        {
            for (var x = 0; x < 120; x++)
            {
                var place = frame.ToFrame(new Vector2(x + 0.5f, y + 0.5f));
                picture.Row(y).Slice(3 * x, 3).Fill((byte)Math.Clamp(120 * (1 + (across * place.X) + (down * place.Y)), 0, 255));
            }
        }

        return picture;
    }
}
