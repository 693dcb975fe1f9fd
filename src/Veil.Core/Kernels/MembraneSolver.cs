using System.Numerics;
using System.Runtime.InteropServices;

namespace Veil.Kernels;

/// <summary>
/// Stretches a membrane over a region of any shape between fixed values at its rim: the smoothest surface there is
/// (Laplace's equation). Conjugate gradients with a multigrid preconditioner, so the effort per pixel hardly grows with the
/// region. One thread; the same input gives the same output.
/// </summary>
internal static class MembraneSolver
{
    // Residual against the load, in the Euclidean norm.
    private const double Tolerance = 1e-4;
    private const int MostRounds = 100;

    /// <summary>Solves for the heights.</summary>
    /// <param name="grid">The region.</param>
    /// <param name="load">Sum of the fixed values that pull at each cell; 0 elsewhere.</param>
    /// <param name="heights">The result.</param>
    /// <returns>The rounds it took.</returns>
    public static int Solve(MembraneGrid grid, ReadOnlySpan<float> load, Span<float> heights)
    {
        heights.Clear();
        var residual = load.ToArray();
        var goal = Dot(residual, residual) * Tolerance * Tolerance;
        var direction = new float[grid.Length];
        var pull = new float[grid.Length];
        var better = new float[grid.Length];
        var before = 0.0;
        var round = 0;
        while (round < MostRounds && Dot(residual, residual) > goal)
        {
            grid.Approximate(residual, better);
            var now = Dot(residual, better);
            Add(better, direction, before > 0 ? (float)(now / before) : 0, direction);
            grid.Apply(direction, pull);
            var bend = Dot(direction, pull);
            if (!(bend > 0))
            {
                break;
            }

            var step = (float)(now / bend);
            Add(heights, direction, step, heights);
            Add(residual, pull, -step, residual);
            before = now;
            round++;
        }

        return round;
    }

    /// <summary>Sums in double, in a fixed order, whatever the vectors of the machine.</summary>
    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }

    /// <summary>a + b × factor; the target may be one of them.</summary>
    private static void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float factor, Span<float> target)
    {
        var wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        var wideTarget = MemoryMarshal.Cast<float, Vector<float>>(target);
        var wideFactor = new Vector<float>(factor);
        for (var i = 0; i < wideTarget.Length; i++)
        {
            wideTarget[i] = wideA[i] + (wideB[i] * wideFactor);
        }

        for (var i = wideTarget.Length * Vector<float>.Count; i < target.Length; i++)
        {
            target[i] = a[i] + (b[i] * factor);
        }
    }
}
