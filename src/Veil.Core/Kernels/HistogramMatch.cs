namespace Veil.Kernels;

/// <summary>
/// The table that gives one picture the distribution of values of another (Gonzalez and Woods, Digital Image Processing,
/// histogram specification). Thread-safe.
/// </summary>
/// <remarks>
/// As <c>skimage.exposure.match_histograms</c> on 8-bit values: <c>numpy.interp</c> of the source's cumulative shares over the
/// template's, taken at the values that occur in the template. Values that do not occur in the source are mapped as if they
/// did, with the share of those below.
/// </remarks>
public static class HistogramMatch
{
    /// <summary>Values of a byte.</summary>
    public const int Bins = 256;

    /// <summary>What each value becomes; not rounded.</summary>
    /// <param name="source">How often each of the 256 values occurs in the picture to be changed.</param>
    /// <param name="template">How often each occurs in the other; at least one occurs.</param>
    /// <param name="table">Receives 256 values, 0..255, never falling.</param>
    /// <exception cref="ArgumentException">A span has another length, a count is negative, or nothing is counted.</exception>
    public static void Table(ReadOnlySpan<int> source, ReadOnlySpan<int> template, Span<float> table)
    {
        var (all, wanted) = (Total(source, nameof(source)), Total(template, nameof(template)));
        if (table.Length != Bins)
        {
            throw new ArgumentException($"Expected {Bins} values, but received {table.Length}.", nameof(table));
        }

        // The template's values that occur, before and after the share that is looked for.
        var (before, share) = (-1, 0.0);
        var after = Next(template, 0);
        var (reached, next) = (0L, (double)template[after] / wanted);
        reached += template[after];
        long below = 0;
        for (var value = 0; value < Bins; value++)
        {
            below += source[value];
            var quantile = (double)below / all;
            while (quantile > next && Next(template, after + 1) is var further and < Bins)
            {
                (before, share, after) = (after, next, further);
                reached += template[further];
                next = (double)reached / wanted;
            }

            table[value] = before < 0 || quantile >= next ? after : (float)(before + ((after - before) * ((quantile - share) / (next - share))));
        }
    }

    private static int Next(ReadOnlySpan<int> counts, int from)
    {
        while (from < Bins && counts[from] == 0)
        {
            from++;
        }

        return from;
    }

    private static long Total(ReadOnlySpan<int> counts, string name)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total += count >= 0 ? count : throw new ArgumentException($"Expected counts of 0 or more, but received {count}.", name);
        }

        return counts.Length == Bins && total > 0 ? total : throw new ArgumentException($"Expected {Bins} counts, not all 0, but received {counts.Length}.", name);
    }
}
