using FsCheck;
using FsCheck.Fluent;
using Veil.Evaluation.Statistics;

namespace Veil.Evaluation.Tests.Statistics;

public sealed class SymmetricEigenvaluesTests
{
    [Fact]
    public void Of_two_by_two_they_are_those_of_the_formula()
    {
        var values = SymmetricEigenvalues.Of([[2, 1], [1, 3]]).Order().ToList();
        Assert.Equal((5 - Math.Sqrt(5)) / 2, values[0], 12);
        Assert.Equal((5 + Math.Sqrt(5)) / 2, values[1], 12);
    }

    [Fact]
    public void Of_a_diagonal_they_are_its_numbers_and_of_one_number_itself()
    {
        Assert.Equal([-3, 0, 0, 7], SymmetricEigenvalues.Of([[0, 0, 0, 0], [0, 7, 0, 0], [0, 0, -3, 0], [0, 0, 0, 0]]).Order());
        Assert.Equal([4], SymmetricEigenvalues.Of([[4]]));
        Assert.Empty(SymmetricEigenvalues.Of([]));
    }

    [Fact]
    public void Of_a_chain_of_springs_they_are_cosines()
    {
        const int n = 57;
        var chain = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => i == j ? 2.0 : Math.Abs(i - j) == 1 ? -1 : 0).ToArray()).ToArray();
        var values = SymmetricEigenvalues.Of(chain).Order().ToList();
        for (var k = 0; k < n; k++)
        {
            Assert.Equal(2 - (2 * Math.Cos(Math.PI * (k + 1) / (n + 1))), values[k], 11);
        }
    }

    /// <summary>Beside Jacobi's rotations, which are slow and cannot go wrong.</summary>
    [Fact]
    public void They_are_those_that_rotations_find() => Prop.ForAll(
        Gen.Choose(1, 24).SelectMany(n => Gen.Choose(-100, 100).ListOf(n * n).Select(values => (n, values: values.ToArray()))).ToArbitrary(), one =>
        {
            var rows = Enumerable.Range(0, one.n).Select(i => Enumerable.Range(0, one.n).Select(j => (double)one.values[(Math.Min(i, j) * one.n) + Math.Max(i, j)]).ToArray()).ToArray();
            var expected = Jacobi([.. rows.Select(row => row.ToArray())]);
            var actual = SymmetricEigenvalues.Of(rows).Order().ToArray();
            return expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) < 1e-7);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_not_square_or_not_finite_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SymmetricEigenvalues.Of([[1, 2]]));
        Assert.Throws<ArithmeticException>(() => SymmetricEigenvalues.Of([[1, double.NaN, 0], [double.NaN, 1, 0], [0, 0, 1]]));
    }

    private static double[] Jacobi(double[][] a)
    {
        for (var sweep = 0; sweep < 60; sweep++)
        {
            for (var p = 0; p < a.Length; p++)
            {
                for (var q = p + 1; q < a.Length; q++)
                {
                    if (a[p][q] == 0)
                    {
                        continue;
                    }

                    var (sine, cosine) = Math.SinCos(0.5 * Math.Atan2(2 * a[p][q], a[q][q] - a[p][p]));
                    for (var k = 0; k < a.Length; k++)
                    {
                        (a[k][p], a[k][q]) = ((cosine * a[k][p]) - (sine * a[k][q]), (sine * a[k][p]) + (cosine * a[k][q]));
                    }

                    for (var k = 0; k < a.Length; k++)
                    {
                        (a[p][k], a[q][k]) = ((cosine * a[p][k]) - (sine * a[q][k]), (sine * a[p][k]) + (cosine * a[q][k]));
                    }
                }
            }
        }

        return [.. a.Select((row, index) => row[index]).Order()];
    }
}
