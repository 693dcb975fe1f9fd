namespace Veil.Evaluation.Frontier;

/// <summary>A measured figure with its 95 % confidence interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The interval's lower end, at most <paramref name="Value"/>.</param>
/// <param name="High">Its upper end, at least <paramref name="Value"/>.</param>
public readonly record struct MeasuredShare(double Value, double Low, double High)
{
    /// <summary>Half the interval's width.</summary>
    public double Margin => (High - Low) / 2;

    /// <summary>An estimate with a symmetric interval.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="margin">Half the interval's width.</param>
    public static MeasuredShare Of(double value, double margin) => new(value, value - margin, value + margin);
}
