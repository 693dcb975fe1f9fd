namespace Veil.Evaluation.Coco;

/// <summary>
/// COCO's evaluation of boxes, masks and poses, figure for figure as the reference gives them (cocoapi, PythonAPI/pycocotools/
/// cocoeval.py; Lin et al., "Microsoft COCO: Common Objects in Context", 2014). Pictures are added one by one, then evaluated
/// together. Adding is not thread-safe; evaluating is, once everything is added.
/// </summary>
/// <param name="protocol">For boxes and masks, or for poses.</param>
public sealed class CocoEvaluator(CocoProtocol protocol)
{
    private readonly SortedDictionary<int, Dictionary<(CocoSize Size, int Limit), CocoCurve>> _categories = [];

    /// <summary>Pictures added so far: one more than the highest number.</summary>
    public int Pictures { get; private set; }

    /// <summary>Objects to be found so far, those of crowds and ignored ones left out.</summary>
    public int Objects { get; private set; }

    /// <summary>Adds what is annotated and what was found of one category in one picture. Pictures have to be added in one order where scores are equal: the earlier comes first.</summary>
    /// <param name="picture">Its number, from 0.</param>
    /// <param name="category">Any number.</param>
    /// <param name="truths">The annotated objects; may be empty.</param>
    /// <param name="findings">What was found, each with an overlap for every object; may be empty.</param>
    /// <exception cref="ArgumentException">A finding has another number of overlaps, or a score that is no number.</exception>
    public void Add(int picture, int category, IReadOnlyList<CocoTruth> truths, IReadOnlyList<CocoFinding> findings)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(picture);
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(findings);
        if (findings.FirstOrDefault(finding => finding.Overlaps.Count != truths.Count || double.IsNaN(finding.Score)) is { } broken)
        {
            throw new ArgumentException($"Expected findings with a score and {truths.Count} overlaps, but received one with a score of {broken.Score} and {broken.Overlaps.Count}.", nameof(findings));
        }

        Pictures = Math.Max(Pictures, picture + 1);
        Objects += truths.Count(truth => truth.Kind == CocoTruthKind.Counted);
        CocoFinding[] strongest = [.. CocoMatching.Strongest(findings, protocol.MostFindings).Select(index => findings[index])];
        var curves = CurvesOf(category);
        foreach (var (size, area) in protocol.Sizes)
        {
            bool[] ignored = [.. truths.Select(truth => truth.Kind != CocoTruthKind.Counted || IsOutside(truth.Area, area))];
            var verdicts = Judge(truths, ignored, strongest, area);
            foreach (var limit in Limits(size))
            {
                var curve = curves[(size, limit)];
                curve.AddObjects(picture, ignored.Count(one => !one));
                for (var d = 0; d < Math.Min(limit, strongest.Length); d++)
                {
                    curve.Add(picture, strongest[d].Score, verdicts[d]);
                }
            }
        }
    }

    /// <summary>All figures, over all pictures.</summary>
    public CocoAccuracy Evaluate()
    {
        Sort();
        var most = protocol.MostFindings;
        return new CocoAccuracy
        {
            Precision = Mean(CocoSize.All, most, null, Figure.Precision),
            PrecisionAtHalf = Mean(CocoSize.All, most, CocoProtocol.Half, Figure.Precision),
            PrecisionAtThreeQuarters = Mean(CocoSize.All, most, CocoProtocol.ThreeQuarters, Figure.Precision),
            PrecisionOfSmall = Mean(CocoSize.Small, most, null, Figure.Precision),
            PrecisionOfMedium = Mean(CocoSize.Medium, most, null, Figure.Precision),
            PrecisionOfLarge = Mean(CocoSize.Large, most, null, Figure.Precision),
            RecallOfFirst = Mean(CocoSize.All, 1, null, Figure.Recall),
            RecallOfTen = Mean(CocoSize.All, 10, null, Figure.Recall),
            Recall = Mean(CocoSize.All, most, null, Figure.Recall),
            RecallAtHalf = Mean(CocoSize.All, most, CocoProtocol.Half, Figure.Recall),
            RecallAtThreeQuarters = Mean(CocoSize.All, most, CocoProtocol.ThreeQuarters, Figure.Recall),
            RecallOfSmall = Mean(CocoSize.Small, most, null, Figure.Recall),
            RecallOfMedium = Mean(CocoSize.Medium, most, null, Figure.Recall),
            RecallOfLarge = Mean(CocoSize.Large, most, null, Figure.Recall),
        };
    }

    /// <summary>Average precision (<see cref="CocoAccuracy.Precision"/>) over pictures that count any number of times, e.g. those of a bootstrap's sample.</summary>
    /// <param name="times">For each picture how often it counts, 0 or more.</param>
    /// <returns>Null where those pictures have nothing to find.</returns>
    /// <exception cref="ArgumentException">Another number of pictures.</exception>
    public double? Precision(ReadOnlySpan<int> times)
    {
        if (times.Length != Pictures)
        {
            throw new ArgumentException($"Expected a number for each of {Pictures} pictures, but received {times.Length}.", nameof(times));
        }

        Sort();
        return Mean(CocoSize.All, protocol.MostFindings, null, Figure.Precision, times);
    }

    private static bool IsOutside(double area, (double Least, double Most) range) => area < range.Least || area > range.Most;

    /// <summary>For each finding its verdict at each threshold.</summary>
    private static CocoCurve.Verdict[][] Judge(IReadOnlyList<CocoTruth> truths, bool[] ignored, CocoFinding[] strongest, (double Least, double Most) area)
    {
        var verdicts = strongest.Select(_ => new CocoCurve.Verdict[CocoProtocol.Thresholds.Count]).ToArray();
        for (var t = 0; t < CocoProtocol.Thresholds.Count; t++)
        {
            var matches = CocoMatching.Match(truths, ignored, strongest, CocoProtocol.Thresholds[t]);
            for (var d = 0; d < matches.Length; d++)
            {
                verdicts[d][t] = matches[d] switch
                {
                    CocoMatching.Nobody => IsOutside(strongest[d].Area, area) ? CocoCurve.Verdict.Neither : CocoCurve.Verdict.Wrong,
                    var truth => ignored[truth] ? CocoCurve.Verdict.Neither : CocoCurve.Verdict.Right,
                };
            }
        }

        return verdicts;
    }

    /// <summary>Smaller numbers of findings are looked at for all sizes together only.</summary>
    private IEnumerable<int> Limits(CocoSize size) => size == CocoSize.All ? protocol.Limits : [protocol.MostFindings];

    private Dictionary<(CocoSize Size, int Limit), CocoCurve> CurvesOf(int category)
    {
        if (!_categories.TryGetValue(category, out var curves))
        {
            _categories[category] = curves = protocol.Sizes.Keys.SelectMany(size => Limits(size).Select(limit => (size, limit))).ToDictionary(key => key, _ => new CocoCurve());
        }

        return curves;
    }

    private void Sort()
    {
        lock (_categories)
        {
            foreach (var curve in _categories.Values.SelectMany(curves => curves.Values))
            {
                curve.Sort();
            }
        }
    }

    private double? Mean(CocoSize size, int limit, int? threshold, Figure figure, ReadOnlySpan<int> times = default)
    {
        var (sum, count) = (0.0, 0);
        foreach (var curves in _categories.Values)
        {
            if (!curves.TryGetValue((size, limit), out var curve))
            {
                continue;
            }

            for (var t = threshold ?? 0; t <= (threshold ?? CocoProtocol.Thresholds.Count - 1); t++)
            {
                if (curve.Read(t, times) is { } read)
                {
                    (sum, count) = (sum + (figure == Figure.Precision ? read.Precision : read.Recall), count + 1);
                }
            }
        }

        return count == 0 ? null : sum / count;
    }

    private enum Figure
    {
        Precision,
        Recall,
    }
}
