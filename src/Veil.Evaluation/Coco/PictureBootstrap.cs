using Veil.Anonymization;

namespace Veil.Evaluation.Coco;

/// <summary>
/// Confidence intervals of average precision by the percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap,
/// 1993, chapter 13): pictures, which are independent of each other, are drawn with replacement, as many as there are, and the
/// figure is worked out anew; the 2.5 % and 97.5 % quantiles of many such figures are the interval's ends. All treatments
/// get the same draws, so that the interval of a difference is that of paired pictures. Immutable and thread-safe.
/// </summary>
public sealed class PictureBootstrap
{
    /// <summary>How often pictures are drawn.</summary>
    public const int Draws = 1000;

    private const ulong Seed = 0x434F434F;
    private const double Tail = 0.025;

    private readonly int[][] _times;

    /// <summary>Draws.</summary>
    /// <param name="pictures">How many pictures there are, 1 or more.</param>
    public PictureBootstrap(int pictures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pictures, 1);
        var random = new SplitMix64(Seed);
        _times = new int[Draws][];
        for (var draw = 0; draw < Draws; draw++)
        {
            var times = new int[pictures];
            for (var i = 0; i < pictures; i++)
            {
                times[random.Below(pictures)]++;
            }

            _times[draw] = times;
        }
    }

    /// <summary>The figure of every draw; null where a draw has nothing to find.</summary>
    /// <param name="evaluator">Has everything added.</param>
    /// <param name="cancellationToken">Stops between draws.</param>
    public IReadOnlyList<double?> Precisions(CocoEvaluator evaluator, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        var figures = new double?[Draws];
        Parallel.For(0, Draws, new ParallelOptions { CancellationToken = cancellationToken }, draw => figures[draw] = evaluator.Precision(_times[draw]));
        return figures;
    }

    /// <summary>The interval of a figure.</summary>
    /// <param name="value">The figure of all pictures.</param>
    /// <param name="draws">From <see cref="Precisions"/>.</param>
    /// <returns>An interval without width where no draw has anything to find.</returns>
    public static CocoInterval Interval(double value, IEnumerable<double?> draws)
    {
        double[] sorted = [.. draws.OfType<double>().Order()];
        return sorted.Length == 0 ? new CocoInterval(value, value, value) : new CocoInterval(value, Quantile(sorted, Tail), Quantile(sorted, 1 - Tail));
    }

    /// <summary>The interval of the difference between two figures of the same draws.</summary>
    /// <param name="value">Of the one.</param>
    /// <param name="draws">Of the one.</param>
    /// <param name="baseline">Of the other.</param>
    /// <param name="baselineDraws">Of the other.</param>
    public static CocoInterval Difference(double value, IReadOnlyList<double?> draws, double baseline, IReadOnlyList<double?> baselineDraws) =>
        Interval(value - baseline, draws.Zip(baselineDraws, (one, other) => one - other));

    /// <summary>Between the two nearest, in proportion (definition 7 of Hyndman and Fan, 1996).</summary>
    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }
}
