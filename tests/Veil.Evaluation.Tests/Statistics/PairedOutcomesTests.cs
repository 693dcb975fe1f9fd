using FsCheck;
using FsCheck.Fluent;
using Veil.Evaluation.Statistics;

namespace Veil.Evaluation.Tests.Statistics;

public sealed class PairedOutcomesTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(5, 0, 0.0625)] // 2 / 2⁵.
    [InlineData(0, 6, 0.03125)] // 2 / 2⁶.
    [InlineData(8, 2, 0.109375)] // 2 · (1 + 10 + 45) / 2¹⁰.
    public void P_is_twice_the_binomial_tail(int first, int second, double expected) => Assert.Equal(expected, new PairedOutcomes(first, second).PValue, 12);

    [Fact]
    public void P_does_not_depend_on_the_order_and_is_a_probability() => Prop.ForAll(
        Gen.Choose(0, 3000).Two().ToArbitrary(),
        pair => new PairedOutcomes(pair.Item1, pair.Item2).PValue is var p && p is >= 0 and <= 1 && Math.Abs(p - new PairedOutcomes(pair.Item2, pair.Item1).PValue) < 1e-9).QuickCheckThrowOnFailure();

    [Fact]
    public void Thousands_of_inputs_still_have_a_value() => Assert.Equal(1, new PairedOutcomes(20_000, 20_000).PValue, 9);

    [Fact]
    public void Only_inputs_that_one_alone_got_right_count() =>
        Assert.Equal(new PairedOutcomes(2, 1), PairedOutcomes.Count([0, 1, 2, 0, 1], [0, 1, 0, 0, 2], [1, 1, 0, 2, 1]));

    [Fact]
    public void Holm_multiplies_the_smallest_most_and_keeps_the_order() =>
        // 3 · 0.01, 2 · 0.02, and 0.03 raised to the one before.
        Assert.Equal([0.04, 0.03, 0.04], HolmAdjustment.Of([0.03, 0.01, 0.02]).Select(p => Math.Round(p, 12)));

    [Fact]
    public void Holm_never_exceeds_one() => Assert.Equal([1, 1], HolmAdjustment.Of([0.9, 0.8]));
}
