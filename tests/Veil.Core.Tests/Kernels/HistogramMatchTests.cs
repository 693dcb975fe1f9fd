using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

/// <summary>
/// Against numpy, as skimage.exposure.match_histograms is written:
/// <c>np.interp(np.cumsum(source counts) / source.size, np.cumsum(template counts) / template.size, template values)</c>.
/// </summary>
public sealed class HistogramMatchTests
{
    [Fact]
    public void A_few_values_become_what_numpy_makes_of_them()
    {
        float[] expected = [30.2f, 30.2f, 30.2f, 31, 31, 101, 200.3f, 200.3f, 250, 250];
        AssertMatches(expected, Match([0, 0, 0, 10, 10, 20, 50, 50, 255, 255], [5, 5, 30, 31, 31, 31, 90, 200, 200, 201, 201, 250]));
    }

    [Fact]
    public void Many_values_become_what_numpy_makes_of_them()
    {
        byte[] source = [.. Enumerable.Range(0, 300).Select(i => (byte)(((i * i * 7) + (i * 3)) % 256))];
        byte[] template = [.. Enumerable.Range(0, 300).Select(i => (byte)((((i * i * 5) + 11) % 97) + 100))];
        var matched = Match(source, template);
        AssertMatches([101, 105.3333f, 124.1667f, 135, 152.3333f, 174, 111, 149.1667f, 185, 139.1429f, 186, 150], matched[..12]);
        Assert.Equal(45692.369, matched.Sum(value => (double)value), 0.01);
    }

    [Fact]
    public void Its_own_histogram_leaves_every_value_as_it_is()
    {
        byte[] values = [3, 3, 9, 200, 201, 255, 0];
        Assert.Equal(values.Select(value => (float)value), Match(values, values));
    }

    [Fact]
    public void One_value_only_is_what_everything_becomes() => Assert.All(Match([0, 7, 255], [77, 77]), value => Assert.Equal(77, value));

    [Fact]
    public void Tables_never_fall_and_stay_among_the_values_of_the_template()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            int[] source = [.. Enumerable.Range(0, 256).Select(_ => random.Next(4) == 0 ? random.Next(50) : 0)];
            int[] template = [.. Enumerable.Range(0, 256).Select(_ => random.Next(8) == 0 ? random.Next(50) : 0)];
            (source[3], template[9]) = (1, 1);
            var table = new float[256];
            HistogramMatch.Table(source, template, table);
            Assert.All(table, value => Assert.InRange(value, Array.FindIndex(template, count => count > 0), Array.FindLastIndex(template, count => count > 0)));
            Assert.Equal(table.Order(), table);
        }
    }

    [Fact]
    public void Nothing_to_match_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => HistogramMatch.Table(new int[256], new int[256], new float[256]));
        Assert.Throws<ArgumentException>(() => HistogramMatch.Table([1], [1], new float[256]));
    }

    private static float[] Match(byte[] source, byte[] template)
    {
        var table = new float[256];
        HistogramMatch.Table(Counts(source), Counts(template), table);
        return [.. source.Select(value => table[value])];
    }

    private static int[] Counts(byte[] values) => [.. Enumerable.Range(0, 256).Select(value => values.Count(one => one == value))];

    private static void AssertMatches(float[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 0.001f));
}
