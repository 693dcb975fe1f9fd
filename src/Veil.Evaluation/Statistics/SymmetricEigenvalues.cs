using System.Numerics;
using System.Runtime.InteropServices;

namespace Veil.Evaluation.Statistics;

/// <summary>The eigenvalues of symmetric matrices. Thread-safe.</summary>
/// <remarks>
/// Householder's reduction to three diagonals (Golub and Van Loan, Matrix Computations, 8.3.1), and of these by QL with implicit
/// shifts (Dubrulle, Martin and Wilkinson, The implicit QL algorithm, 1968).
/// </remarks>
internal static class SymmetricEigenvalues
{
    private const int MostSteps = 60;

    /// <summary>All of them, in no particular order.</summary>
    /// <param name="rows">A symmetric matrix, row by row; destroyed.</param>
    /// <exception cref="ArgumentException">It is not square.</exception>
    /// <exception cref="ArithmeticException">It holds a number that is not finite.</exception>
    public static double[] Of(double[][] rows)
    {
        var n = rows.Length;
        if (Array.Exists(rows, row => row.Length != n))
        {
            throw new ArgumentException($"Expected {n} columns, as there are rows.", nameof(rows));
        }

        var (diagonal, beside) = (new double[n], new double[n]);
        Reduce(rows, diagonal, beside);
        Iterate(diagonal, beside);
        return diagonal;
    }

    private static void Reduce(double[][] rows, double[] diagonal, double[] beside)
    {
        var n = rows.Length;
        var (mirror, product) = (new double[n], new double[n]);
        for (var k = 0; k < n; k++)
        {
            diagonal[k] = rows[k][k];
            if (k + 1 >= n)
            {
                break;
            }

            var count = n - k - 1;
            var v = mirror.AsSpan(0, count);
            rows[k].AsSpan(k + 1).CopyTo(v);
            var length = Math.Sqrt(Dot(v, v));
            var alpha = v[0] > 0 ? -length : length;
            beside[k] = alpha;
            v[0] -= alpha;
            var square = Dot(v, v);
            if (square == 0)
            {
                beside[k] = 0;
                continue;
            }

            // A − v·wᵀ − w·vᵀ with w = p − v·(vᵀp)/(vᵀv), p = 2·A·v / (vᵀv).
            var w = product.AsSpan(0, count);
            for (var i = 0; i < count; i++)
            {
                w[i] = 2 * Dot(rows[k + 1 + i].AsSpan(k + 1), v) / square;
            }

            Add(w, v, -Dot(w, v) / square);
            for (var i = 0; i < count; i++)
            {
                var row = rows[k + 1 + i].AsSpan(k + 1);
                Add(row, w, -v[i]);
                Add(row, v, -w[i]);
            }
        }
    }

    private static void Iterate(double[] d, double[] e)
    {
        // Beside the largest numbers of the matrix, not beside its neighbours: where many values are 0 but for rounding, nothing is small beside those.
        var small = 1.2e-16 * d.Concat(e).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (var low = 0; low < d.Length; low++)
        {
            for (var step = 0; ; step++)
            {
                var high = low;
                while (high + 1 < d.Length && !(Math.Abs(e[high]) <= small))
                {
                    high++;
                }

                if (high == low)
                {
                    break;
                }

                if (step == MostSteps || !double.IsFinite(d[low]))
                {
                    throw new ArithmeticException("Expected a symmetric matrix of finite numbers.");
                }

                Turn(d, e, low, high);
            }
        }
    }

    /// <summary>One QL step on rows low..high.</summary>
    private static void Turn(double[] d, double[] e, int low, int high)
    {
        var g = (d[low + 1] - d[low]) / (2 * e[low]);
        var r = double.Hypot(g, 1);
        g = d[high] - d[low] + (e[low] / (g + Math.CopySign(r, g)));
        var (sine, cosine, shift) = (1.0, 1.0, 0.0);
        for (var i = high - 1; i >= low; i--)
        {
            var (f, b) = (sine * e[i], cosine * e[i]);
            r = double.Hypot(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                // It falls apart in the middle.
                d[i + 1] -= shift;
                e[high] = 0;
                return;
            }

            (sine, cosine) = (f / r, g / r);
            g = d[i + 1] - shift;
            r = ((d[i] - g) * sine) + (2 * cosine * b);
            shift = sine * r;
            d[i + 1] = g + shift;
            g = (cosine * r) - b;
        }

        d[low] -= shift;
        e[low] = g;
        e[high] = 0;
    }

    /// <summary>Of vectors of one length.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var left = MemoryMarshal.Cast<double, Vector<double>>(a);
        var right = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sum = Vector<double>.Zero;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        var total = Vector.Sum(sum);
        for (var i = left.Length * Vector<double>.Count; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }

        return total;
    }

    private static void Add(Span<double> to, ReadOnlySpan<double> of, double times)
    {
        var left = MemoryMarshal.Cast<double, Vector<double>>(to);
        var right = MemoryMarshal.Cast<double, Vector<double>>(of);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] += right[i] * times;
        }

        for (var i = left.Length * Vector<double>.Count; i < to.Length; i++)
        {
            to[i] += of[i] * times;
        }
    }
}
