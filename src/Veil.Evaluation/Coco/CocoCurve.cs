namespace Veil.Evaluation.Coco;

/// <summary>
/// The findings of one category, size and number per picture, strongest first, and at each threshold whether they are right:
/// what precision and recall are read from (cocoapi, cocoeval.py, accumulate). Thread-safe once built.
/// </summary>
internal sealed class CocoCurve
{
    private readonly List<Entry> _entries = [];
    private readonly List<(int Picture, int Objects)> _objects = [];
    private bool _sorted;

    /// <summary>Whether a finding is right.</summary>
    public enum Verdict : byte
    {
        Wrong,
        Right,
        Neither,
    }

    public void AddObjects(int picture, int objects) => _objects.Add((picture, objects));

    /// <param name="picture">Where it was found.</param>
    /// <param name="score">Its score.</param>
    /// <param name="verdicts">One for each threshold.</param>
    public void Add(int picture, double score, Verdict[] verdicts)
    {
        _entries.Add(new Entry(picture, score, verdicts));
        _sorted = false;
    }

    /// <summary>Puts findings in order; has to be called before they are read from several threads.</summary>
    public void Sort()
    {
        if (!_sorted)
        {
            // Stable: of equal scores the earlier picture comes first, as in the reference.
            var sorted = _entries.OrderByDescending(entry => entry.Score).ToList();
            _entries.Clear();
            _entries.AddRange(sorted);
            _sorted = true;
        }
    }

    /// <summary>Precision, averaged over levels of recall, and recall at one threshold; null where there is nothing to find.</summary>
    /// <param name="threshold">Index.</param>
    /// <param name="times">How often each picture counts; empty for once each.</param>
    public (double Precision, double Recall)? Read(int threshold, ReadOnlySpan<int> times)
    {
        var total = 0.0;
        foreach (var (picture, objects) in _objects)
        {
            total += objects * Times(times, picture);
        }

        if (total == 0)
        {
            return null;
        }

        var (recall, precision) = (new double[_entries.Count], new double[_entries.Count]);
        var (right, wrong, count) = (0.0, 0.0, 0);
        foreach (var entry in _entries)
        {
            var weight = Times(times, entry.Picture);
            if (weight == 0 || entry.Verdicts[threshold] == Verdict.Neither)
            {
                continue;
            }

            // Several copies of a picture enter together: no copy's own place on the curve is higher than what this leaves.
            (right, wrong) = entry.Verdicts[threshold] == Verdict.Right ? (right + weight, wrong) : (right, wrong + weight);
            (recall[count], precision[count]) = (right / total, right / (wrong + right + CocoProtocol.Spacing));
            count++;
        }

        for (var i = count - 1; i > 0; i--)
        {
            precision[i - 1] = Math.Max(precision[i - 1], precision[i]);
        }

        var (sum, at) = (0.0, 0);
        foreach (var level in CocoProtocol.Recalls)
        {
            while (at < count && recall[at] < level)
            {
                at++;
            }

            if (at == count)
            {
                break;
            }

            sum += precision[at];
        }

        return (sum / CocoProtocol.RecallPoints, right / total);
    }

    private static int Times(ReadOnlySpan<int> times, int picture) => times.IsEmpty ? 1 : times[picture];

    private sealed record Entry(int Picture, double Score, Verdict[] Verdicts);
}
