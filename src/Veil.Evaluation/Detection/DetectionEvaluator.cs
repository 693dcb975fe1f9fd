using Veil.Regions;

namespace Veil.Evaluation.Detection;

/// <summary>
/// Compares detections with marked faces, by the rules of WIDER FACE (http://shuoyang1213.me/WIDERFACE,
/// evaluation of the validation set): a detection belongs to the face that it overlaps most, if their intersection over
/// union reaches 0.5; the strongest one on a face is right, further ones on it are wrong; those on a face outside the
/// subset are left out. Pictures are added one by one, then evaluated together. Not thread-safe.
/// </summary>
public sealed class DetectionEvaluator
{
    private const float SameFace = 0.5f;
    private readonly List<Matched> _pictures = [];

    /// <summary>Adds a picture.</summary>
    /// <param name="picture">Its marked faces.</param>
    /// <param name="detections">What the detector found, at a threshold low enough to see the whole curve.</param>
    public void Add(AnnotatedPicture picture, IReadOnlyList<Region> detections)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(detections);
        Region[] strongestFirst = [.. detections.OrderByDescending(region => region.Score)];
        _pictures.Add(new Matched(
            [.. picture.Faces],
            [.. strongestFirst.Select(region => region.Score)],
            [.. strongestFirst.Select(region => BestFace(region.Box, picture.Faces))]));
    }

    /// <summary>The accuracy over all pictures added.</summary>
    /// <param name="defaultThreshold">The detector's own threshold, when its operating point is wanted.</param>
    /// <exception cref="InvalidOperationException">No picture was added.</exception>
    public DetectionAccuracy Evaluate(float? defaultThreshold = null)
    {
        if (_pictures.Count == 0)
        {
            throw new InvalidOperationException("Expected at least one picture before evaluating.");
        }

        var point = At(OneFalsePositiveThreshold());
        return new DetectionAccuracy
        {
            Pictures = _pictures.Count,
            Faces = _pictures.Sum(picture => picture.Faces.Count(face => !face.Ignored)),
            Easy = Precision(face => face.Easy),
            Medium = Precision(face => face.Medium),
            Hard = Precision(face => face.Hard),
            Recall = point.Recall,
            AtOneFalsePositive = point,
            AtDefault = defaultThreshold is { } threshold ? At(threshold) : null,
        };
    }

    /// <summary>What is found at one threshold.</summary>
    /// <param name="threshold">Detections that score at least this are taken.</param>
    public OperatingPoint At(float threshold)
    {
        var wrong = 0;
        var faces = new List<(Box Box, bool Found)>();
        foreach (var picture in _pictures)
        {
            var found = new HashSet<int>();
            for (var i = 0; i < picture.Scores.Length && picture.Scores[i] >= threshold; i++)
            {
                found.Add(picture.Best[i]);
                wrong += picture.Best[i] < 0 ? 1 : 0;
            }

            for (var i = 0; i < picture.Faces.Length; i++)
            {
                if (!picture.Faces[i].Ignored)
                {
                    faces.Add((picture.Faces[i].Box, found.Contains(i)));
                }
            }
        }

        return new OperatingPoint(
            threshold, (double)wrong / _pictures.Count, BySize(faces, box => Math.Sqrt(box.Area)), BySize(faces, box => box.Height));
    }

    private static FaceSizeRecall BySize(List<(Box Box, bool Found)> faces, Func<Box, double> size)
    {
        return new FaceSizeRecall(Share(64, double.PositiveInfinity), Share(32, 64), Share(16, 32), Share(8, 16));

        double? Share(double from, double below)
        {
            var count = 0;
            var found = 0;
            foreach (var face in faces)
            {
                var measure = size(face.Box);
                if (measure >= from && measure < below)
                {
                    count++;
                    found += face.Found ? 1 : 0;
                }
            }

            return count == 0 ? null : (double)found / count;
        }
    }

    /// <summary>The lowest threshold with at most as many wrong detections as there are pictures.</summary>
    private float OneFalsePositiveThreshold()
    {
        float[] wrong = [.. _pictures
            .SelectMany(picture => picture.Scores.Where((_, index) => picture.Best[index] < 0))
            .OrderDescending()];
        return wrong.Length <= _pictures.Count ? 0 : MathF.BitIncrement(wrong[_pictures.Count]);
    }

    private double Precision(Func<AnnotatedFace, bool> counts)
    {
        var detections = new List<(float Score, bool Hit)>();
        foreach (var picture in _pictures)
        {
            var found = new HashSet<int>();
            for (var i = 0; i < picture.Scores.Length; i++)
            {
                var face = picture.Best[i];
                if (face < 0 || counts(picture.Faces[face]))
                {
                    detections.Add((picture.Scores[i], face >= 0 && found.Add(face)));
                }
            }
        }

        return AveragePrecision.Of(detections, _pictures.Sum(picture => picture.Faces.Count(counts)));
    }

    private static int BestFace(Box box, IReadOnlyList<AnnotatedFace> faces)
    {
        var best = -1;
        var bestOverlap = SameFace;
        for (var i = 0; i < faces.Count; i++)
        {
            var overlap = box.IoU(faces[i].Box);
            if (overlap > bestOverlap || (overlap == SameFace && best < 0))
            {
                (best, bestOverlap) = (i, overlap);
            }
        }

        return best;
    }

    /// <summary>One picture: scores, strongest first, and for each the face it belongs to, or −1.</summary>
    private sealed record Matched(AnnotatedFace[] Faces, float[] Scores, int[] Best);
}
