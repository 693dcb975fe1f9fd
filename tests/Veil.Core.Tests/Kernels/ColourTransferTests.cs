using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

public sealed class ColourTransferTests
{
    [Fact]
    public void Its_own_colours_leave_a_picture_as_it_is()
    {
        var pixels = TestPicture.Random(30, 20, 3, 0, 5).Pixels;
        var before = pixels.ToArray();
        var own = Measure(pixels);
        ColourTransfer.Apply(pixels, own, own);
        Assert.All(pixels.Zip(before), pair => Assert.InRange(pair.First, pair.Second - 1, pair.Second + 1));
    }

    [Fact]
    public void A_picture_takes_the_mean_and_spread_of_another()
    {
        var random = new Random(7);
        byte[] pixels = [.. Enumerable.Range(0, 3 * 4000).Select(i => (byte)random.Next(90, 120 + (10 * (i % 3))))];
        byte[] other = [.. Enumerable.Range(0, 3 * 4000).Select(i => (byte)random.Next(100 + (10 * (i % 3)), 145))];
        ColourTransfer.Apply(pixels, Measure(pixels), Measure(other));
        var (result, wanted) = (Measure(pixels), Measure(other));
        Assert.True((result.Mean - wanted.Mean).Length() < 1.5f);
        Assert.True((result.Deviation - wanted.Deviation).Length() < 2f);
    }

    [Fact]
    public void Opponents_go_back_to_the_colour()
    {
        var colour = ColourStatistics.Colour(ColourStatistics.Opponents(12, 200, 99));
        Assert.Equal(12, colour.X, 0.01f);
        Assert.Equal(200, colour.Y, 0.01f);
        Assert.Equal(99, colour.Z, 0.01f);
    }

    private static ColourStatistics Measure(byte[] pixels)
    {
        var meter = default(ColourMeter);
        for (var i = 0; i < pixels.Length; i += 3)
        {
            meter.Add(pixels.AsSpan(i, 3));
        }

        return meter.Statistics;
    }
}
