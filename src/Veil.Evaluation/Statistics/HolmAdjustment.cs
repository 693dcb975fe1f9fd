namespace Veil.Evaluation.Statistics;

/// <summary>
/// P-values of several tests, raised so that the chance of even one false finding among all stays below the level that each
/// is compared with (Holm, A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6, 1979).
/// </summary>
public static class HolmAdjustment
{
    /// <summary>The adjusted values, in the order given.</summary>
    /// <param name="values">P-values of tests that need not be independent.</param>
    public static IReadOnlyList<double> Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var adjusted = new double[values.Count];
        var (largest, rank) = (0.0, 0);
        foreach (var index in Enumerable.Range(0, values.Count).OrderBy(index => values[index]))
        {
            largest = Math.Max(largest, Math.Min(1, (values.Count - rank++) * values[index]));
            adjusted[index] = largest;
        }

        return adjusted;
    }
}
