using Veil.Errors;

namespace Veil.Evaluation.Privacy.Verification;

/// <summary>
/// Share of pairs told rightly, as LFW defines it (Huang, Ramesh, Berg and Learned-Miller, 2007, "image-restricted"): the
/// threshold for each fold is the one that is best on all others; mean over folds with its standard error.
/// </summary>
/// <param name="Mean">0..1.</param>
/// <param name="StandardError">Of the mean.</param>
/// <param name="Pairs">Pairs in all folds.</param>
public sealed record PairAccuracy(double Mean, double StandardError, int Pairs)
{
    /// <summary>Measures it.</summary>
    /// <param name="folds">Two or more, each with at least one pair: how far apart, and whether of the same person.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/>: fewer than two folds with pairs.</exception>
    public static PairAccuracy Of(IReadOnlyList<IReadOnlyList<(float Distance, bool Same)>> folds)
    {
        ArgumentNullException.ThrowIfNull(folds);
        var used = folds.Where(fold => fold.Count > 0).ToList();
        if (used.Count < 2)
        {
            throw new VeilException(VeilErrorCode.InvalidGroundTruth, $"Expected pairs in two folds or more, but received {used.Count}.", "One fold's threshold comes from the others.");
        }

        var rates = used.ConvertAll(fold =>
        {
            var threshold = BestThreshold([.. used.Where(other => other != fold).SelectMany(pair => pair)]);
            return (double)fold.Count(pair => pair.Distance <= threshold == pair.Same) / fold.Count;
        });
        var mean = rates.Average();
        var deviation = Math.Sqrt(rates.Sum(rate => (rate - mean) * (rate - mean)) / (rates.Count - 1));
        return new PairAccuracy(mean, deviation / Math.Sqrt(rates.Count), used.Sum(fold => fold.Count));
    }

    /// <summary>In the middle of the gap in which most pairs are told rightly.</summary>
    private static float BestThreshold((float Distance, bool Same)[] pairs)
    {
        Array.Sort(pairs, (a, b) => a.Distance.CompareTo(b.Distance));
        var right = pairs.Count(pair => !pair.Same);
        var (most, best) = (right, float.NegativeInfinity);
        for (var i = 0; i < pairs.Length; i++)
        {
            right += pairs[i].Same ? 1 : -1;
            var last = i + 1 == pairs.Length || pairs[i + 1].Distance != pairs[i].Distance;
            if (last && right > most)
            {
                (most, best) = (right, i + 1 == pairs.Length ? pairs[i].Distance : (pairs[i].Distance + pairs[i + 1].Distance) / 2);
            }
        }

        return best;
    }
}
