using FsCheck;
using FsCheck.Fluent;
using Veil.Anonymization.Synthesis.Film;

namespace Veil.Tests.Anonymization.Synthesis.Film;

public sealed class OneEuroFilterTests
{
    [Fact]
    public void Without_speed_it_is_the_exponential_filter_of_its_cut_off()
    {
        // A step from 0 to 1: after n frames 1 − (1 − α)ⁿ is reached, α = 1 / (1 + 1 / 2πf).
        const float cutoff = 0.1f;
        var weight = 1 / (1 + (1 / (2 * Math.PI * cutoff)));
        var filter = new OneEuroFilter(new Steadiness(cutoff, 0));
        Assert.Equal(0, filter.Next(0));
        for (var n = 1; n < 30; n++)
        {
            Assert.Equal(1 - Math.Pow(1 - weight, n), filter.Next(1), 1e-5);
        }
    }

    [Fact]
    public void It_holds_a_trembling_value_and_follows_a_moving_one()
    {
        var (still, moving, random) = (new OneEuroFilter(new Steadiness(0.05f, 20)), new OneEuroFilter(new Steadiness(0.05f, 20)), new Random(3));
        var (before, after, lag) = (0.0, 0.0, 0f);
        for (var frame = 0; frame < 200; frame++)
        {
            var noise = (random.NextSingle() - 0.5f) * 0.01f;
            var filtered = still.Next(noise);
            lag = (0.05f * frame) - moving.Next(0.05f * frame);
            (before, after) = (before + (noise * noise), after + (filtered * filtered));
        }

        Assert.True(after < before / 3, $"{after} of {before}");

        // At this speed the cut-off is 1.05 cycles a frame: the lag of an exponential filter is (1 − α) / α frames.
        Assert.Equal(0.05f / (2 * MathF.PI * 1.05f), lag, 1e-3f);
    }

    [Fact]
    public void It_stays_between_the_smallest_and_the_largest_value() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        values =>
        {
            var filter = new OneEuroFilter(new Steadiness(0.05f, 1));
            return values.Select((value, i) => (Filtered: filter.Next(value % 1000), Seen: values.Take(i + 1).Select(one => one % 1000))).ToList()
                .TrueForAll(one => one.Filtered >= one.Seen.Min() - 0.01f && one.Filtered <= one.Seen.Max() + 0.01f);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_that_change_slowly_are_their_weighted_mean()
    {
        var steady = new SteadyValues(0.25f);
        float[] values = [8, 0];
        steady.Next(values);
        Assert.Equal([8, 0], values);
        for (var n = 1; n < 10; n++)
        {
            values = [0, 1];
            steady.Next(values);
            Assert.Equal(8 * Math.Pow(0.75, n), values[0], 1e-4);
            Assert.Equal(1 - Math.Pow(0.75, n), values[1], 1e-4);
        }
    }
}
