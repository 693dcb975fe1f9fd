namespace Veil.Evaluation.Statistics;

/// <summary>Student's t distribution (Student, The Probable Error of a Mean, Biometrika 6, 1908). Thread-safe.</summary>
public static class StudentT
{
    /// <summary>The value that a t variable exceeds in absolute value with the probability <paramref name="outside"/>.</summary>
    /// <param name="degreesOfFreedom">1 or more.</param>
    /// <param name="outside">Between 0 and 1, exclusive: 0.05 for intervals at 95 %.</param>
    /// <remarks>By bisection of the distribution function, which is a regularised incomplete beta function.</remarks>
    public static double TwoSidedQuantile(int degreesOfFreedom, double outside = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(outside, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(outside, 1);
        var (low, high) = (0.0, 1.0);
        while (Outside(high, degreesOfFreedom) > outside)
        {
            high *= 2;
        }

        for (var i = 0; i < 200 && high - low > 1e-13 * high; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Outside(middle, degreesOfFreedom) > outside ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Probability of exceeding t in absolute value: I(ν / (ν + t²); ν/2, 1/2).</summary>
    private static double Outside(double t, int degrees) => IncompleteBeta(degrees / (degrees + (t * t)), degrees / 2.0, 0.5);

    /// <summary>By its continued fraction, evaluated as Lentz does (Press et al., Numerical Recipes, 3rd edition, 6.4).</summary>
    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - (front * Fraction(1 - x, b, a) / b);
    }

    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        var c = 1.0;
        var d = 1 / Away(1 - ((a + b) * x / (a + 1)));
        var value = d;
        for (var m = 1; m <= 10_000; m++)
        {
            Step(m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m))));
            if (Math.Abs(Step(-(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1))) - 1) < 1e-16)
            {
                break;
            }
        }

        return value;

        double Step(double numerator)
        {
            d = 1 / Away(1 + (numerator * d));
            c = Away(1 + (numerator / c));
            value *= c * d;
            return c * d;
        }

        static double Away(double number) => Math.Abs(number) < Tiny ? Tiny : number;
    }

    /// <summary>Lanczos, A Precision Approximation of the Gamma Function, 1964, with g = 7 and nine terms.</summary>
    private static double LogGamma(double x)
    {
        ReadOnlySpan<double> terms =
        [
            0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
            9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        }

        var (sum, shifted) = (terms[0], x - 1);
        for (var i = 1; i < terms.Length; i++)
        {
            sum += terms[i] / (shifted + i);
        }

        var t = shifted + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((shifted + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
