using Veil.Datasets.Masks;
using Veil.Detection;
using Veil.Evaluation.Coco;
using Veil.Imaging;
using Veil.Regions;
using Veil.TensorFlowLite.Bodies;

namespace Veil.Cli.Measuring;

/// <summary>What networks find of people in a picture, compared with what is annotated there. Each is for one thread.</summary>
/// <param name="pictures">What is annotated.</param>
/// <param name="detector">Finds boxes.</param>
internal sealed class PeopleFinding(AnnotatedPictures pictures, IRegionDetector detector)
{
    /// <summary>Boxes looked at more closely, the strongest ones.</summary>
    private const int MostLookedAt = 20;

    /// <summary>Boxes.</summary>
    public IReadOnlyList<CocoFinding> Boxes(CocoPicture picture, PixelBuffer image, CancellationToken cancellationToken)
    {
        var truths = pictures.ShapesOf(picture, image);
        return [.. detector.Detect(image, cancellationToken).Select(region => Box(region, truths))];
    }

    /// <summary>Poses of the people in the strongest boxes. A pose scores as its box, times the network's certainty and how much of it is seen.</summary>
    /// <param name="estimator">Sees a pose in a box.</param>
    public CocoFind Poses(PoseEstimator estimator) => (picture, image, cancellationToken) =>
    {
        var truths = pictures.ShapesOf(picture, image);
        var findings = new List<CocoFinding>();
        foreach (var region in detector.Detect(image, cancellationToken).Take(MostLookedAt))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pose = estimator.Estimate(image, region.Box);
            CocoKeypoint[] points = [.. pose.Points.Select(point => new CocoKeypoint(point.Position.X - 0.5, point.Position.Y - 0.5))];
            var area = (points.Max(point => point.X) - points.Min(point => point.X)) * (points.Max(point => point.Y) - points.Min(point => point.Y));
            findings.Add(new CocoFinding(
                region.Score * pose.Certainty * pose.Points.Average(point => point.Visibility), area,
                [.. truths.Select(truth => ObjectKeypointSimilarity.Of(points, truth.Points.AsSpan(), truth.Truth.Area, truth.Box))]));
        }

        return findings;
    };

    /// <summary>Masks of the people in the strongest boxes: the detector's own where it gives them.</summary>
    /// <param name="estimator">Sees an outline in a box.</param>
    public CocoFind Masks(PoseEstimator estimator) => (picture, image, cancellationToken) =>
    {
        var truths = pictures.ShapesOf(picture, image);
        var findings = new List<CocoFinding>();
        foreach (var region in detector.Detect(image, cancellationToken).Take(MostLookedAt))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((region.Mask ?? estimator.Outline(image, region.Box)) is { } mask)
            {
                var runs = Runs(mask, image.Width, image.Height);
                findings.Add(new CocoFinding(region.Score, runs.Area, [.. truths.Select(truth => Overlap(runs, truth))]));
            }
        }

        return findings;
    };

    private static CocoFinding Box(Region region, IReadOnlyList<TruthShape> truths)
    {
        var box = CocoBox.From(region.Box);
        return new CocoFinding(region.Score, box.Area, [.. truths.Select(truth => box.Overlap(truth.Box, truth.Truth.Kind))]);
    }

    private static RunLengthMask Runs(RegionMask mask, int width, int height)
    {
        var pixels = new byte[width * height];
        var inside = mask.Bounds.Intersect(new PixelRect(0, 0, width, height));
        for (var y = inside.Top; y < inside.Bottom; y++)
        {
            mask.Row(y)[(inside.Left - mask.Bounds.Left)..(inside.Right - mask.Bounds.Left)].CopyTo(pixels.AsSpan((y * width) + inside.Left));
        }

        return RunLengthMask.FromPixels(width, height, pixels);
    }

    /// <summary>As of boxes, in pixels (cocoapi, common/maskApi.c, rleIou). An object without a mask overlaps nothing.</summary>
    private static double Overlap(RunLengthMask found, TruthShape truth)
    {
        if (truth.Mask is not { } mask || mask.Width != found.Width || mask.Height != found.Height)
        {
            return 0;
        }

        var common = found.CommonArea(mask);
        return common == 0 ? 0 : (double)common / (truth.Truth.Kind == CocoTruthKind.Crowd ? found.Area : found.Area + mask.Area - common);
    }
}
