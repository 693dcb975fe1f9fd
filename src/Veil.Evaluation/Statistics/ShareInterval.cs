namespace Veil.Evaluation.Statistics;

/// <summary>A share of independent trials with its 95 % interval (Wilson, Probable inference, the law of succession, and statistical inference, 1927).</summary>
/// <param name="Count">Trials that came out so.</param>
/// <param name="Of">Trials; 0 where there were none.</param>
public readonly record struct ShareInterval(int Count, int Of)
{
    private const double Z = 1.96;

    /// <summary>The share, 0..1; 0 without trials.</summary>
    public double Share => Of == 0 ? 0 : (double)Count / Of;

    /// <summary>Lower end; 0 without trials.</summary>
    public double Low => Of == 0 ? 0 : Math.Max(0, Centre - Half);

    /// <summary>Upper end; 1 without trials.</summary>
    public double High => Of == 0 ? 1 : Math.Min(1, Centre + Half);

    private double Centre => (Share + (Z * Z / (2 * Of))) / (1 + (Z * Z / Of));

    private double Half => Z * Math.Sqrt((Share * (1 - Share) / Of) + (Z * Z / (4.0 * Of * Of))) / (1 + (Z * Z / Of));
}
