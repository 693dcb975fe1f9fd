using FsCheck;
using FsCheck.Fluent;
using Veil.Evaluation.Statistics;

namespace Veil.Evaluation.Tests.Statistics;

public sealed class StudentTTests
{
    // Any table of the distribution, e.g. NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.3027)]
    [InlineData(4, 2.7764)]
    [InlineData(9, 2.2622)]
    [InlineData(29, 2.0452)]
    [InlineData(1000, 1.9623)]
    public void Quantiles_are_those_of_the_tables(int degrees, double expected) => Assert.Equal(expected, StudentT.TwoSidedQuantile(degrees), 4);

    [Fact]
    public void Quantiles_at_99_per_cent_are_those_of_the_tables() => Assert.Equal(9.9248, StudentT.TwoSidedQuantile(2, 0.01), 4);

    [Fact]
    public void More_degrees_of_freedom_give_smaller_quantiles() => Prop.ForAll(
        Gen.Choose(1, 300).ToArbitrary(), degrees => StudentT.TwoSidedQuantile(degrees) > StudentT.TwoSidedQuantile(degrees + 1)).QuickCheckThrowOnFailure();

    [Fact]
    public void An_interval_is_the_mean_and_t_standard_errors()
    {
        // Mean 0.72, deviation √((0.0004 + 0 + 0.0004) / 2) = 0.02, 4.302653 · 0.02 / √3 = 0.0496828.
        var interval = MeanInterval.Of([0.70, 0.72, 0.74]);

        Assert.Equal(0.72, interval.Mean, 12);
        Assert.Equal(0.0496828, interval.Margin!.Value, 6);
    }

    [Fact]
    public void One_value_has_no_interval() => Assert.Null(MeanInterval.Of([0.5]).Margin);

    [Theory]
    [InlineData(-0.02, -0.03, -0.04, true)]
    [InlineData(-0.02, 0.03, -0.04, false)]
    public void Zero_is_excluded_or_not(double first, double second, double third, bool isExcluded) => Assert.Equal(isExcluded, MeanInterval.Of([first, second, third]).ExcludesZero);
}
