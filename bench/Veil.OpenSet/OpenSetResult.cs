namespace Veil.OpenSet;

/// <summary>Similarities to the nearest listed person.</summary>
/// <param name="Strangers">Of strangers, by draw.</param>
/// <param name="Listed">Of listed people's other photos, and whether the nearest is themselves.</param>
internal sealed record OpenSetResult(float[][] Strangers, (float Similarity, bool Right)[] Listed)
{
    public static OpenSetResult Join(IReadOnlyList<OpenSetResult> results) =>
        new([.. results.SelectMany(result => result.Strangers)], [.. results.SelectMany(result => result.Listed)]);

    /// <summary>Share of strangers at or above a similarity.</summary>
    public double StrangersFrom(float threshold) => Strangers.Sum(draw => draw.Count(value => value >= threshold)) / (double)Strangers.Sum(draw => draw.Length);

    /// <summary>Half the 95 % interval of <see cref="StrangersFrom"/>, from its spread over the draws.</summary>
    public double Margin(float threshold)
    {
        var rates = Strangers.Select(draw => draw.Count(value => value >= threshold) / (double)draw.Length).ToArray();
        var mean = rates.Average();
        return 1.96 * Math.Sqrt(rates.Sum(rate => (rate - mean) * (rate - mean)) / (rates.Length - 1) / rates.Length);
    }

    /// <summary>Share of listed people's photos at or above a similarity, nearest to themselves.</summary>
    public double ListedFrom(float threshold) => Listed.Count(one => one.Similarity >= threshold && one.Right) / (double)Listed.Length;

    /// <summary>Share of listed people's photos below a similarity.</summary>
    public double ListedBelow(float threshold) => Listed.Count(one => one.Similarity < threshold) / (double)Listed.Length;

    /// <summary>The lowest threshold, in steps of .001, that at most a share of strangers reach.</summary>
    public float ThresholdFor(double share)
    {
        var all = Strangers.SelectMany(draw => draw).OrderDescending().ToArray();
        return MathF.Ceiling(all[(int)(share * all.Length)] * 1000) / 1000;
    }
}
