using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

public sealed class MembraneTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(64, 64)]
    [InlineData(91, 58)]
    public void A_slope_at_the_rim_goes_on_inside(int width, int height)
    {
        var values = new float[width * height];
        var known = new byte[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (x, y) = (i % width, i / width);
            known[i] = (byte)(x == 0 || y == 0 || x == width - 1 || y == height - 1 ? 1 : 0);
            values[i] = known[i] == 1 ? (2 * x) - y : float.NaN;
        }

        Membrane.Fill(values, known, width, height, 1, float.PositiveInfinity);

        Assert.All(Enumerable.Range(0, values.Length), i => Assert.Equal((2 * (i % width)) - (i / width), values[i], 4f));
    }

    [Fact]
    public void A_short_reach_fades_and_known_values_stay()
    {
        const int length = 200;
        var values = new float[length];
        var known = new byte[length];
        (values[0], known[0]) = (100, 1);
        Membrane.Fill(values, known, length, 1, 1, 10);
        Assert.Equal(100, values[0]);
        Assert.Equal(100 / MathF.E, values[10], 8f);
        Assert.Equal(0, values[100], 1f);
        Assert.True(values.Zip(values.Skip(1)).All(pair => pair.Second <= pair.First + 0.5f));
    }

    [Fact]
    public void Channels_do_not_mix_and_nothing_known_is_zero()
    {
        float[] values = [1, 50, 7, 7, 3, 50];
        Membrane.Fill(values, [1, 0, 1], 3, 1, 2, float.PositiveInfinity);
        Assert.Equal(2, values[2], 0.01f);
        Assert.Equal(50, values[3], 0.01f);
        Membrane.Fill(values, [0, 0, 0], 3, 1, 2, float.PositiveInfinity);
        Assert.All(values, value => Assert.Equal(0, value));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Membrane.Fill(new float[5], new byte[6], 3, 2, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Membrane.Fill(new float[6], new byte[6], 3, 2, 1, 0));
    }
}
