namespace Veil.Kernels;

/// <summary>
/// A truncated Gaussian for one line length, either as taps or as a short cosine series.
/// </summary>
/// <remarks>
/// <para>
/// The series follows K. Sugimoto and S. Kamata, "Efficient Constant-time Gaussian Filtering with Sliding DCT/DST-5 and
/// Dual-domain Error Minimization" (2015). The kernel on −R..R is even, so it is a sum of cosines
/// <c>Σ g_k cos(φ_k n)</c>, <c>φ_k = 2πk / (2R+1)</c>, and a few terms are enough. Each term's sum
/// <c>F_k(x) = Σ f(x+n) cos(φ_k n)</c> slides along the line with a recursion of second order whose input are only the
/// four pixels at the window's ends: the support is exact, however hard the kernel is cut off.
/// </para>
/// <para>
/// The recursion is kept as a value and its difference, with <c>c_k = 2 − 2 cos φ_k</c> held directly: 2 cos φ_k is near 2
/// and would lose the low bits that say how fast the wave turns. F_k is divided by <c>cos(φ_k R)</c>, which takes that
/// factor out of the loop.
/// </para>
/// </remarks>
internal sealed class GaussianPlan
{
    /// <summary>Up to this radius the taps themselves are faster than the series.</summary>
    public const int LargestDirectRadius = 6;

    /// <summary>Terms are computed this many at a time: as many as stay in registers.</summary>
    public const int TermsAtOnce = 4;

    // Bound of |result − exact| in grey levels for the worst possible line; ordinary pictures stay far below.
    private const double SeriesTolerance = 0.2;

    private GaussianPlan(int radius, int length)
    {
        (Radius, Length) = (radius, length);
        Positions = new int[length + (2 * radius) + 2];
        for (var i = 0; i < Positions.Length; i++)
        {
            Positions[i] = Reflect101.Index(i - radius, length);
        }
    }

    /// <summary>Taps on each side of the centre.</summary>
    public int Radius { get; }

    /// <summary>Pixels of the line.</summary>
    public int Length { get; }

    /// <summary>Entry <c>x + Radius</c> is the pixel that stands at position x = −Radius .. Length + Radius + 1.</summary>
    public int[] Positions { get; }

    /// <summary>The taps 0..Radius; empty when the series is used.</summary>
    public float[] Taps { get; private init; } = [];

    /// <summary>Number of terms, rounded up to a multiple of <see cref="TermsAtOnce"/> with terms of weight 0.</summary>
    public int Terms { get; private init; }

    /// <summary><c>c_k</c> of every term.</summary>
    public float[] Turns { get; private init; } = [];

    /// <summary>Weight of every term in the result.</summary>
    public float[] Weights { get; private init; } = [];

    /// <summary>How many pixels from the start of the line make the first value of the recursion.</summary>
    public int SeedLength { get; private init; }

    /// <summary>Term by term, the <see cref="SeedLength"/> factors that make F_k(0) out of the line's start.</summary>
    public float[] Seeds { get; private init; } = [];

    public static GaussianPlan Create(int length, float sigma, int radius)
    {
        var kernel = Kernel(sigma, radius);
        if (radius <= LargestDirectRadius)
        {
            return new GaussianPlan(radius, length) { Taps = Array.ConvertAll(kernel, tap => (float)tap) };
        }

        var period = (2 * radius) + 1;
        var cosines = new double[period];
        for (var i = 0; i < period; i++)
        {
            cosines[i] = Math.Cos(2 * Math.PI * i / period);
        }

        var weights = Series(kernel, cosines);
        var terms = (weights.Count + TermsAtOnce - 1) / TermsAtOnce * TermsAtOnce;
        var seedLength = Math.Min(length, radius + 1);
        var (turns, scaled, seeds) = (new float[terms], new float[terms], new float[terms * seedLength]);
        var folded = new double[seedLength];
        for (var k = 0; k < weights.Count; k++)
        {
            var edge = cosines[(int)((long)k * radius % period)];
            var half = Math.Sin(Math.PI * k / period);
            turns[k] = (float)(4 * half * half);
            scaled[k] = (float)(weights[k] * edge);

            Array.Clear(folded);
            for (var n = -radius; n <= radius; n++)
            {
                folded[Reflect101.Index(n, length)] += cosines[(int)((long)k * Math.Abs(n) % period)];
            }

            for (var i = 0; i < seedLength; i++)
            {
                seeds[(k * seedLength) + i] = (float)(folded[i] / edge);
            }
        }

        return new GaussianPlan(radius, length) { Terms = terms, Turns = turns, Weights = scaled, SeedLength = seedLength, Seeds = seeds };
    }

    /// <summary>Taps 0..radius of the kernel; both sides together sum to one.</summary>
    public static double[] Kernel(float sigma, int radius)
    {
        var kernel = new double[radius + 1];
        var sum = 0.0;
        for (var n = 0; n <= radius; n++)
        {
            kernel[n] = Math.Exp(-(double)n * n / (2.0 * sigma * sigma));
            sum += n == 0 ? kernel[n] : 2 * kernel[n];
        }

        for (var n = 0; n <= radius; n++)
        {
            kernel[n] /= sum;
        }

        return kernel;
    }

    // Adds terms until no line of pixels 0..255 can tell the series from the kernel by more than the tolerance. Kernel and
    // series both sum to one, so the worst line is 255 where the difference is positive: half of the absolute sum.
    private static List<double> Series(double[] kernel, double[] cosines)
    {
        var (radius, period) = (kernel.Length - 1, cosines.Length);
        var rest = (double[])kernel.Clone();
        var weights = new List<double>();
        for (var k = 0; k <= radius; k++)
        {
            var weight = kernel[0];
            for (var n = 1; n <= radius; n++)
            {
                weight += 2 * kernel[n] * cosines[(int)((long)k * n % period)];
            }

            weight *= (k == 0 ? 1.0 : 2.0) / period;
            weights.Add(weight);

            var error = 0.0;
            for (var n = 0; n <= radius; n++)
            {
                rest[n] -= weight * cosines[(int)((long)k * n % period)];
                error += Math.Abs(rest[n]) * (n == 0 ? 127.5 : 255);
            }

            if (error <= SeriesTolerance)
            {
                break;
            }
        }

        return weights;
    }
}
