using System.Numerics;

namespace Veil.Kernels;

/// <summary>
/// Filters <see cref="Lanes"/> lines that lie side by side with one plan. Every lane does the same single-precision
/// operations in the same order whatever the vector width, and products are never fused into sums: results are
/// bit-identical on every machine.
/// </summary>
internal static unsafe class GaussianLine
{
    /// <summary>Lines side by side.</summary>
    public const int Lanes = 16;

    /// <summary>Filters a bundle of lines.</summary>
    /// <param name="source">Pixel x of lane j at <c>x × step + j</c>.</param>
    /// <param name="target">Same layout; must not overlap the source.</param>
    /// <param name="step">Floats from pixel to pixel.</param>
    /// <param name="plan">The filter.</param>
    /// <param name="offsets">The plan's positions times <paramref name="step"/>.</param>
    public static void Filter(float* source, float* target, int step, GaussianPlan plan, int* offsets)
    {
        for (var lane = 0; lane < Lanes; lane += Vector<float>.Count)
        {
            if (plan.Terms == 0)
            {
                Direct(source + lane, target + lane, step, plan, offsets);
                continue;
            }

            for (var term = 0; term < plan.Terms; term += GaussianPlan.TermsAtOnce)
            {
                Series(source + lane, target + lane, step, plan, offsets, term);
            }
        }
    }

    /// <summary>The plain twin: one line.</summary>
    public static void FilterScalar(ReadOnlySpan<float> source, Span<float> target, GaussianPlan plan)
    {
        target.Clear();
        var (radius, positions) = (plan.Radius, plan.Positions);
        if (plan.Terms == 0)
        {
            for (var x = 0; x < plan.Length; x++)
            {
                var sum = plan.Taps[0] * source[x];
                for (var n = 1; n <= radius; n++)
                {
                    sum += plan.Taps[n] * (source[positions[x + radius - n]] + source[positions[x + radius + n]]);
                }

                target[x] = sum;
            }

            return;
        }

        Span<float> f = stackalloc float[GaussianPlan.TermsAtOnce];
        Span<float> d = stackalloc float[GaussianPlan.TermsAtOnce];
        for (var term = 0; term < plan.Terms; term += GaussianPlan.TermsAtOnce)
        {
            f.Clear();
            for (var k = 0; k < f.Length; k++)
            {
                for (var i = 0; i < plan.SeedLength; i++)
                {
                    f[k] += plan.Seeds[((term + k) * plan.SeedLength) + i] * source[i];
                }
            }

            var previous = source[positions[0]] - source[positions[(2 * radius) + 1]];
            for (var k = 0; k < f.Length; k++)
            {
                d[k] = (plan.Turns[term + k] * 0.5f * f[k]) + previous;
            }

            for (var x = 0; x < plan.Length; x++)
            {
                target[x] += ((plan.Weights[term] * f[0]) + (plan.Weights[term + 1] * f[1]))
                    + ((plan.Weights[term + 2] * f[2]) + (plan.Weights[term + 3] * f[3]));
                var difference = source[positions[x + (2 * radius) + 1]] - source[positions[x]];
                var input = difference - previous;
                previous = difference;
                for (var k = 0; k < f.Length; k++)
                {
                    d[k] = (d[k] + input) - (plan.Turns[term + k] * f[k]);
                    f[k] += d[k];
                }
            }
        }
    }

    private static void Direct(float* source, float* target, int step, GaussianPlan plan, int* offsets)
    {
        var radius = plan.Radius;
        fixed (float* taps = plan.Taps)
        {
            for (var x = 0; x < plan.Length; x++)
            {
                var centre = offsets + x + radius;
                var sum = new Vector<float>(taps[0]) * Vector.Load(source + centre[0]);
                for (var n = 1; n <= radius; n++)
                {
                    sum += new Vector<float>(taps[n]) * (Vector.Load(source + centre[-n]) + Vector.Load(source + centre[n]));
                }

                Vector.Store(sum, target + ((nint)x * step));
            }
        }
    }

    private static void Series(float* source, float* target, int step, GaussianPlan plan, int* offsets, int term)
    {
        Vector<float> f0, f1, f2, f3;
        f0 = f1 = f2 = f3 = Vector<float>.Zero;
        var seedLength = plan.SeedLength;
        fixed (float* seeds = plan.Seeds)
        {
            var (s0, s1) = (term * seedLength, (term + 1) * seedLength);
            var (s2, s3) = ((term + 2) * seedLength, (term + 3) * seedLength);
            for (var i = 0; i < seedLength; i++)
            {
                var pixel = Vector.Load(source + ((nint)i * step));
                f0 += new Vector<float>(seeds[s0 + i]) * pixel;
                f1 += new Vector<float>(seeds[s1 + i]) * pixel;
                f2 += new Vector<float>(seeds[s2 + i]) * pixel;
                f3 += new Vector<float>(seeds[s3 + i]) * pixel;
            }
        }

        var (c0, c1) = (new Vector<float>(plan.Turns[term]), new Vector<float>(plan.Turns[term + 1]));
        var (c2, c3) = (new Vector<float>(plan.Turns[term + 2]), new Vector<float>(plan.Turns[term + 3]));
        var (g0, g1) = (new Vector<float>(plan.Weights[term]), new Vector<float>(plan.Weights[term + 1]));
        var (g2, g3) = (new Vector<float>(plan.Weights[term + 2]), new Vector<float>(plan.Weights[term + 3]));

        // The mirrored line is even about its first pixel, so F(−1) = F(1): that fixes the first difference.
        var ahead = offsets + (2 * plan.Radius) + 1;
        var previous = Vector.Load(source + offsets[0]) - Vector.Load(source + ahead[0]);
        var half = new Vector<float>(0.5f);
        var d0 = (c0 * half * f0) + previous;
        var d1 = (c1 * half * f1) + previous;
        var d2 = (c2 * half * f2) + previous;
        var d3 = (c3 * half * f3) + previous;

        var first = term == 0;
        var output = target;
        for (var x = 0; x < plan.Length; x++)
        {
            var sum = ((g0 * f0) + (g1 * f1)) + ((g2 * f2) + (g3 * f3));
            Vector.Store(first ? sum : Vector.Load(output) + sum, output);
            output += step;

            var difference = Vector.Load(source + ahead[x]) - Vector.Load(source + offsets[x]);
            var input = difference - previous;
            previous = difference;
            d0 = (d0 + input) - (c0 * f0);
            d1 = (d1 + input) - (c1 * f1);
            d2 = (d2 + input) - (c2 * f2);
            d3 = (d3 + input) - (c3 * f3);
            f0 += d0;
            f1 += d1;
            f2 += d2;
            f3 += d3;
        }
    }
}
