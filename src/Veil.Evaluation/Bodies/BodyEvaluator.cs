using Veil.Evaluation.Detection;
using Veil.Regions;

namespace Veil.Evaluation.Bodies;

/// <summary>
/// Compares detections with marked people by the rules of COCO (https://cocodataset.org/#detection-eval) at an intersection
/// over union of one half: strongest first, each takes the person not yet found that it overlaps most; what takes nobody,
/// but lies by half in a crowd, is left out, anything else is wrong. The area under the curve is exact, where COCO samples
/// it at 101 points. Pictures are added one by one, then evaluated together. Not thread-safe.
/// </summary>
public sealed class BodyEvaluator
{
    private const float Same = 0.5f;
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
        _pictures++;
        MarkedBody[] people = [.. picture.Bodies.Where(body => !body.IsCrowd)];
        MarkedBody[] crowds = [.. picture.Bodies.Where(body => body.IsCrowd)];
        var scores = new float?[people.Length];
        foreach (var detection in detections.OrderByDescending(region => region.Score))
        {
            var best = -1;
            for (var i = 0; i < people.Length; i++)
            {
                var overlap = detection.Box.IoU(people[i].Box);
                if (scores[i] is null && overlap >= Same && (best < 0 || overlap > detection.Box.IoU(people[best].Box)))
                {
                    best = i;
                }
            }

            if (best >= 0)
            {
                scores[best] = detection.Score;
                _taken.Add((detection.Score, true));
            }
            else if (!crowds.Any(crowd => detection.Box.Intersect(crowd.Box).Area >= Same * detection.Box.Area))
            {
                _taken.Add((detection.Score, false));
            }
        }

        _people.AddRange(people.Zip(scores, (person, score) => (person.Box, score ?? float.NegativeInfinity)));
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
            AveragePrecision = AveragePrecision.Of(_taken, _people.Count),
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
