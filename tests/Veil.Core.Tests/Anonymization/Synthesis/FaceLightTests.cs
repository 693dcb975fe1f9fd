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
    public void Of_a_covered_faces_colours_one_bit_is_left()
    {
        var tones = new HashSet<PlaceTone>();
        var random = new Random(2);
        for (var i = 0; i < 20000; i++)
        {
            var mean = new Vector3(random.NextSingle() * 255, (random.NextSingle() * 200) - 100, (random.NextSingle() * 200) - 100);
            tones.Add(PlaceTone.Of(new FaceLight(mean, 0.2f, new Vector2(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f)), around: null));
        }

        Assert.Equal(2, tones.Count);
    }

    [Fact]
    public void What_shows_around_says_how_bright_a_face_is_within_bounds()
    {
        var pale = new FaceLight(new Vector3(150, 30, -30), 0.2f, Vector2.Zero);
        var dark = pale with { Mean = new Vector3(60, 12, -12) };
        Assert.True(PlaceTone.Of(pale, 20).Luma < PlaceTone.Of(pale, null).Luma);
        Assert.True(PlaceTone.Of(pale, 230).Luma > PlaceTone.Of(pale, null).Luma);
        Assert.True(PlaceTone.Of(dark, 255).Luma < PlaceTone.Of(pale, 0).Luma);
    }

    [Theory]
    [InlineData(90, 68, 55, true, true)]
    [InlineData(90, 68, 55, false, false)]
    [InlineData(190, 145, 118, false, true)]
    [InlineData(190, 145, 118, true, false)]
    [InlineData(150, 150, 150, false, false)]
    [InlineData(60, 80, 190, true, false)]
    public void Skin_that_shows_suits_a_face_as_dark_or_as_light(float red, float green, float blue, bool isDark, bool suits) =>
        Assert.Equal(suits, new PlaceTone(isDark, 0).Suits(Veil.Kernels.ColourStatistics.Opponents(red, green, blue)));

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
