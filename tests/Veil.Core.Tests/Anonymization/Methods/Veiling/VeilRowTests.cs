using FsCheck;
using FsCheck.Fluent;
using Veil.Anonymization;
using Veil.Anonymization.Methods.Veiling;

namespace Veil.Core.Tests.Anonymization.Methods.Veiling;

/// <summary>Vectorised rows against their scalar twins: bit for bit, or a picture would depend on the machine.</summary>
public sealed class VeilRowTests
{
    [Fact]
    public void Vectorised_grain_equals_scalar_grain() => Prop.ForAll<int, int, int>((left, y, seed) =>
    {
        for (var width = 0; width < 40; width++)
        {
            var (fast, plain) = (new float[width], new float[width]);
            VeilGrain.AddRow(fast, left, y, Math.Abs(seed % 4), 4.5f, (uint)seed);
            VeilGrain.AddRowScalar(plain, left, y, Math.Abs(seed % 4), 4.5f, (uint)seed);
            if (!fast.AsSpan().SequenceEqual(plain))
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(83)]
    public void Vectorised_light_equals_scalar_light(int width)
    {
        var light = new VeilLight(width, width * 0.4f, width * 0.3f, 45, new SplitMix64(9));
        var (fast, plain) = (new float[width], new float[width]);
        for (var v = -2f; v <= 2; v += 0.07f)
        {
            light.Row(v, fast);
            light.RowScalar(v, plain);
            Assert.Equal(plain, fast);
        }
    }

    [Fact]
    public void Light_without_strength_is_flat()
    {
        var row = new float[33];
        new VeilLight(row.Length, 16, 12, 0, new SplitMix64(1)).Row(0.3f, row);
        Assert.All(row, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Grain_is_balanced_and_stays_within_its_amplitude()
    {
        var row = new float[20_000];
        VeilGrain.AddRow(row, -300, 17, 0, 6, 12345);
        Assert.All(row, value => Assert.InRange(value, -6, 6));
        Assert.InRange(row.Average(), -0.1f, 0.1f);
    }
}
