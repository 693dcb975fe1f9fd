namespace Veil.Evaluation.Coco;

/// <summary>Which findings of one picture are right, by the rules of COCO (cocoapi, cocoeval.py, evaluateImg).</summary>
internal static class CocoMatching
{
    /// <summary>No object.</summary>
    public const int Nobody = -1;

    private const double NearlyOne = 1 - 1e-10;

    /// <summary>Indices of the findings that take part, strongest first; of equal ones the earlier first.</summary>
    public static int[] Strongest(IReadOnlyList<CocoFinding> findings, int most) =>
        [.. Enumerable.Range(0, findings.Count).OrderByDescending(index => findings[index].Score).Take(most)];

    /// <summary>
    /// Gives each finding, strongest first, the object that it overlaps most of those that are still to be found; one that is
    /// ignored only where it overlaps no other enough. Of equal overlaps the later object is taken.
    /// </summary>
    /// <param name="truths">The objects.</param>
    /// <param name="ignored">For each of them, whether it is.</param>
    /// <param name="strongest">Findings in order of their score.</param>
    /// <param name="threshold">Overlap that it takes.</param>
    /// <returns>For each finding the index of its object, or <see cref="Nobody"/>.</returns>
    public static int[] Match(IReadOnlyList<CocoTruth> truths, ReadOnlySpan<bool> ignored, IReadOnlyList<CocoFinding> strongest, double threshold)
    {
        var order = Order(ignored);
        var found = new bool[truths.Count];
        var matches = new int[strongest.Count];
        for (var d = 0; d < matches.Length; d++)
        {
            var (best, overlap) = (Nobody, Math.Min(threshold, NearlyOne));
            foreach (var g in order)
            {
                if (found[g] && truths[g].Kind != CocoTruthKind.Crowd)
                {
                    continue;
                }

                if (best != Nobody && !ignored[best] && ignored[g])
                {
                    break;
                }

                if (!(strongest[d].Overlaps[g] < overlap))
                {
                    (best, overlap) = (g, strongest[d].Overlaps[g]);
                }
            }

            matches[d] = best;
            if (best != Nobody)
            {
                found[best] = true;
            }
        }

        return matches;
    }

    private static int[] Order(ReadOnlySpan<bool> ignored)
    {
        var order = new int[ignored.Length];
        var next = 0;
        foreach (var last in (ReadOnlySpan<bool>)[false, true])
        {
            for (var i = 0; i < ignored.Length; i++)
            {
                if (ignored[i] == last)
                {
                    order[next++] = i;
                }
            }
        }

        return order;
    }
}
