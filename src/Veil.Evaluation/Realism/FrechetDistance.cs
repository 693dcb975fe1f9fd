using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Evaluation.Statistics;

namespace Veil.Evaluation.Realism;

/// <summary>
/// How far apart two sets of vectors are, each taken for a Gaussian: |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½) (Fréchet, 1957; Dowson and
/// Landau, 1982; of network features: Heusel and others, GANs trained by a two time-scale update rule, 2017). Thread-safe.
/// </summary>
/// <remarks>
/// With Σ₁ = AᵀA and Σ₂ = BᵀB for centred vectors in the rows of A and B, the trace of the root is the sum of the singular values of
/// ABᵀ, which are the roots of the eigenvalues of the symmetric matrix ABᵀBAᵀ. So what is decomposed is as large as there are
/// vectors, not as they are long, and few long vectors are no obstacle. The estimate is biased upwards, the more so the fewer they are.
/// </remarks>
public static class FrechetDistance
{
    /// <summary>Between two sets.</summary>
    /// <param name="first">Two vectors or more.</param>
    /// <param name="second">Two or more, of the same length.</param>
    /// <returns>0 or more, in the square of the vectors' unit.</returns>
    /// <exception cref="ArgumentException">A set has fewer than two, or lengths differ.</exception>
    public static double Between(IReadOnlyList<float[]> first, IReadOnlyList<float[]> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count < 2 || second.Count < 2 || first.Concat(second).Any(vector => vector.Length != first[0].Length))
        {
            throw new ArgumentException("Expected two sets of two vectors or more, all of one length.");
        }

        return new FeatureProducts(first, second).Distance([.. Enumerable.Range(0, first.Count)], [.. Enumerable.Range(0, second.Count)]);
    }
}

/// <summary>Two sets of vectors and the products of each of one with each of the other, for distances between parts of them. Thread-safe.</summary>
internal sealed class FeatureProducts
{
    private readonly IReadOnlyList<float[]> _first;
    private readonly IReadOnlyList<float[]> _second;
    private readonly double[][] _products;

    public FeatureProducts(IReadOnlyList<float[]> first, IReadOnlyList<float[]> second)
    {
        (_first, _second) = (first, second);
        _products = [.. first.Select(one => second.Select(other => Dot(one, other)).ToArray())];
    }

    /// <summary>Between some of the first and some of the second.</summary>
    /// <param name="rows">Indices in the first set, two or more.</param>
    /// <param name="columns">Indices in the second, two or more.</param>
    public double Distance(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns)
    {
        var ((first, spread), (second, other)) = (Moments(_first, rows), Moments(_second, columns));
        var apart = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            apart += (first[i] - second[i]) * (first[i] - second[i]);
        }

        return Math.Max(0, apart + spread + other - (2 * RootTrace(rows, columns)));
    }

    /// <summary>The mean, and the trace of the covariance.</summary>
    private static (double[] Mean, double Trace) Moments(IReadOnlyList<float[]> vectors, ReadOnlySpan<int> chosen)
    {
        var (mean, squares) = (new double[vectors[chosen[0]].Length], 0.0);
        foreach (var index in chosen)
        {
            var vector = vectors[index];
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += vector[i];
            }
        }

        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] /= chosen.Length;
        }

        foreach (var index in chosen)
        {
            var vector = vectors[index];
            for (var i = 0; i < mean.Length; i++)
            {
                squares += (vector[i] - mean[i]) * (vector[i] - mean[i]);
            }
        }

        return (mean, squares / (chosen.Length - 1));
    }

    /// <summary>tr (Σ₁Σ₂)^½: the sum of the singular values of the products of centred vectors.</summary>
    private double RootTrace(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns)
    {
        var centred = new double[rows.Length][];
        var means = new double[columns.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var (from, to) = (_products[rows[i]], new double[columns.Length]);
            for (var j = 0; j < columns.Length; j++)
            {
                to[j] = from[columns[j]];
                means[j] += to[j] / rows.Length;
            }

            centred[i] = to;
        }

        var scale = 1 / Math.Sqrt((rows.Length - 1.0) * (columns.Length - 1.0));
        var all = means.Average();
        foreach (var row in centred)
        {
            var mean = row.Average();
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = (row[j] - mean - means[j] + all) * scale;
            }
        }

        var squared = new double[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            squared[i] = new double[rows.Length];
            for (var j = 0; j <= i; j++)
            {
                squared[i][j] = squared[j][i] = SymmetricEigenvalues.Dot(centred[i], centred[j]);
            }
        }

        return SymmetricEigenvalues.Of(squared).Sum(value => Math.Sqrt(Math.Max(0, value)));
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b);
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        for (var i = 0; i < left.Length; i++)
        {
            Vector.Widen(left[i] * right[i], out var even, out var odd);
            (low, high) = (low + even, high + odd);
        }

        var total = Vector.Sum(low + high);
        for (var i = left.Length * Vector<float>.Count; i < a.Length; i++)
        {
            total += (double)a[i] * b[i];
        }

        return total;
    }
}
