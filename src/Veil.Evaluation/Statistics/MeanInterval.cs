namespace Veil.Evaluation.Statistics;

/// <summary>A mean and what is known of it.</summary>
/// <param name="Mean">Of the values.</param>
/// <param name="Margin">Half the width of the 95 % confidence interval; null for a single value, which tells nothing of how values scatter.</param>
public readonly record struct MeanInterval(double Mean, double? Margin)
{
    /// <summary>True where the interval is known and does not contain 0.</summary>
    public bool ExcludesZero => Margin is { } margin && Math.Abs(Mean) > margin;

    /// <summary>The mean of independent values, with Student's interval: mean ± t·s/√n at n − 1 degrees of freedom (Student, Biometrika 6, 1908).</summary>
    /// <param name="values">At least one; for paired comparisons, the differences.</param>
    public static MeanInterval Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        var mean = values.Average();
        if (values.Count == 1)
        {
            return new MeanInterval(mean, null);
        }

        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        return new MeanInterval(mean, StudentT.TwoSidedQuantile(values.Count - 1) * deviation / Math.Sqrt(values.Count));
    }
}
