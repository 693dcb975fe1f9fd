namespace Veil.Evaluation.Coco;

/// <summary>A body point in COCO's form: an index of a pixel, fractions allowed.</summary>
/// <param name="X">Column.</param>
/// <param name="Y">Row.</param>
/// <param name="IsLabelled">Whether it is annotated, visible or not; of a found point not looked at.</param>
public readonly record struct CocoKeypoint(double X, double Y, bool IsLabelled = true);

/// <summary>
/// Object keypoint similarity: how near the points of a found pose are to those annotated, in units of the person's size and of
/// the spread among annotators (https://cocodataset.org/#keypoints-eval; cocoapi, cocoeval.py, computeOks).
/// </summary>
public static class ObjectKeypointSimilarity
{
    /// <summary>Spread among annotators for each of the 17 points, nose first, as a share of the square root of the person's area.</summary>
    public static ReadOnlySpan<double> Sigmas => [.026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087, .089, .089];

    /// <summary>The similarity of two poses.</summary>
    /// <param name="found">17 points.</param>
    /// <param name="truth">17 points. Where none is labelled, only points more than a box away from the box count as far.</param>
    /// <param name="area">Of the annotation, square pixels.</param>
    /// <param name="box">Of the annotation.</param>
    /// <returns>0..1; 1 where all labelled points agree.</returns>
    /// <exception cref="ArgumentException">Another number of points.</exception>
    public static double Of(ReadOnlySpan<CocoKeypoint> found, ReadOnlySpan<CocoKeypoint> truth, double area, CocoBox box)
    {
        if (found.Length != Sigmas.Length || truth.Length != Sigmas.Length)
        {
            throw new ArgumentException($"Expected {Sigmas.Length} points in each pose, but received {found.Length} and {truth.Length}.", nameof(found));
        }

        var labelled = 0;
        foreach (var point in truth)
        {
            labelled += point.IsLabelled ? 1 : 0;
        }

        var sum = 0.0;
        for (var i = 0; i < truth.Length; i++)
        {
            if (labelled > 0 && !truth[i].IsLabelled)
            {
                continue;
            }

            var (dx, dy) = labelled > 0
                ? (found[i].X - truth[i].X, found[i].Y - truth[i].Y)
                : (Beyond(found[i].X, box.X - box.Width, box.X + (box.Width * 2)), Beyond(found[i].Y, box.Y - box.Height, box.Y + (box.Height * 2)));
            var variance = Sigmas[i] * 2 * (Sigmas[i] * 2);
            sum += Math.Exp(-(((dx * dx) + (dy * dy)) / variance / (area + CocoProtocol.Spacing) / 2));
        }

        return sum / (labelled > 0 ? labelled : truth.Length);
    }

    private static double Beyond(double value, double low, double high) => Math.Max(0, low - value) + Math.Max(0, value - high);
}
