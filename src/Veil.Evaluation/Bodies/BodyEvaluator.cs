using Veil.Evaluation.Coco;
using Veil.Regions;

namespace Veil.Evaluation.Bodies;

/// <summary>
/// Compares detections with marked people by the rules of COCO (<see cref="CocoEvaluator"/>); what is found at one threshold is
/// told at an intersection over union of one half. Pictures are added one by one, then evaluated together. Not thread-safe.
/// </summary>
public sealed class BodyEvaluator
{
    private readonly CocoEvaluator _coco = new(CocoProtocol.Objects);
    private readonly List<(float Score, bool Right)> _taken = [];
    private readonly List<(Box Box, float Score)> _people = [];
    private int _pictures;

    /// <summary>Adds a picture.</summary>
    /// <param name="picture">Who is marked in it.</param>
    /// <param name="detections">What the detector found, at a threshold low enough to see the whole curve. Kinds are not looked at.</param>
    public void Add(MarkedPicture picture, IReadOnlyList<Region> detections)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(detections);
        CocoBox[] bodies = [.. picture.Bodies.Select(body => CocoBox.From(body.Box))];
        CocoTruth[] truths = [.. picture.Bodies.Select(body => new CocoTruth(body.Area, body.IsCrowd ? CocoTruthKind.Crowd : CocoTruthKind.Counted))];
        CocoFinding[] findings = [.. detections.Select(region => Finding(CocoBox.From(region.Box), region.Score, bodies, truths))];
        _coco.Add(_pictures++, category: 0, truths, findings);

        CocoFinding[] strongest = [.. CocoMatching.Strongest(findings, findings.Length).Select(index => findings[index])];
        bool[] crowds = [.. truths.Select(truth => truth.Kind == CocoTruthKind.Crowd)];
        var matches = CocoMatching.Match(truths, crowds, strongest, CocoProtocol.Thresholds[CocoProtocol.Half]);
        var scores = new float[truths.Length];
        Array.Fill(scores, float.NegativeInfinity);
        for (var i = 0; i < strongest.Length; i++)
        {
            var score = (float)strongest[i].Score;
            switch (matches[i])
            {
                case CocoMatching.Nobody:
                    _taken.Add((score, false));
                    break;
                case var one when !crowds[one]:
                    scores[one] = score;
                    _taken.Add((score, true));
                    break;
                default:
                    break;
            }
        }

        _people.AddRange(picture.Bodies.Zip(scores, (body, score) => (body.Box, score)).Where((_, index) => !crowds[index]));
    }

    /// <summary>The accuracy over all pictures added.</summary>
    /// <param name="defaultThreshold">The detector's own threshold, when its operating point is wanted.</param>
    /// <exception cref="InvalidOperationException">No picture was added.</exception>
    public BodyAccuracy Evaluate(float? defaultThreshold = null)
    {
        if (_pictures == 0)
        {
            throw new InvalidOperationException("Expected at least one picture before evaluating.");
        }

        return new BodyAccuracy
        {
            Pictures = _pictures,
            People = _people.Count,
            Coco = _coco.Evaluate(),
            AtOneFalsePositive = At(OneFalsePositiveThreshold()),
            AtDefault = defaultThreshold is { } threshold ? At(threshold) : null,
        };
    }

    /// <summary>What is found at one threshold.</summary>
    /// <param name="threshold">Detections that score at least this are taken.</param>
    public BodyOperatingPoint At(float threshold) => new(
        threshold,
        (double)_taken.Count(one => !one.Right && one.Score >= threshold) / _pictures,
        Found(threshold, 0, float.PositiveInfinity),
        new BodyHeightRecall(
            Found(threshold, 128, float.PositiveInfinity), Found(threshold, 64, 128), Found(threshold, 32, 64), Found(threshold, 16, 32)));

    private static CocoFinding Finding(CocoBox box, float score, CocoBox[] bodies, CocoTruth[] truths) =>
        new(score, box.Area, [.. bodies.Zip(truths, (body, truth) => box.Overlap(body, truth.Kind))]);

    private double? Found(float threshold, float from, float below)
    {
        var (count, found) = (0, 0);
        foreach (var (box, score) in _people)
        {
            if (box.Height >= from && box.Height < below)
            {
                count++;
                found += score >= threshold ? 1 : 0;
            }
        }

        return count == 0 ? null : (double)found / count;
    }

    /// <summary>The lowest threshold with at most as many wrong detections as there are pictures.</summary>
    private float OneFalsePositiveThreshold()
    {
        float[] wrong = [.. _taken.Where(one => !one.Right).Select(one => one.Score).OrderDescending()];
        return wrong.Length <= _pictures ? 0 : MathF.BitIncrement(wrong[_pictures]);
    }
}
