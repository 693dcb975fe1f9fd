using System.Diagnostics;
using Veil.Detection;
using Veil.Evaluation.Detection;
using Veil.Imaging;

namespace Veil.Evaluation.Bodies;

/// <summary>Runs a detector of people over marked pictures and measures its accuracy and time.</summary>
public static class BodyBenchmark
{
    /// <summary>Pictures left out of the mean time, while code is being compiled.</summary>
    private const int WarmUp = 5;

    /// <summary>Measures, one picture after another on the calling thread.</summary>
    /// <param name="pictures">Marked pictures.</param>
    /// <param name="detector">Made with <see cref="DetectionBenchmark.LowestScore"/> as its threshold, or the curve is cut short.</param>
    /// <param name="decode">Reads a file as upright <see cref="PixelFormat.Rgb24"/> pixels, which are disposed here.</param>
    /// <param name="defaultThreshold">The detector's own threshold, when its operating point is wanted.</param>
    /// <param name="progress">Told after each picture.</param>
    /// <param name="cancellationToken">Stops between pictures and inferences.</param>
    /// <exception cref="Errors.VeilException">A picture or the detector failed: a measurement with gaps would mislead.</exception>
    public static BodyAccuracy Run(
        IReadOnlyList<MarkedPicture> pictures, IRegionDetector detector, Func<string, PixelBuffer> decode,
        float? defaultThreshold = null, IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(decode);
        var evaluator = new BodyEvaluator();
        var detecting = TimeSpan.Zero;
        var timed = 0;
        for (var i = 0; i < pictures.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var picture = decode(pictures[i].File);
            var start = Stopwatch.GetTimestamp();
            var found = detector.Detect(picture, cancellationToken);
            if (i >= Math.Min(WarmUp, pictures.Count - 1))
            {
                detecting += Stopwatch.GetElapsedTime(start);
                timed++;
            }

            evaluator.Add(pictures[i], found);
            progress?.Report(new EvaluationProgress(i + 1, pictures.Count));
        }

        return evaluator.Evaluate(defaultThreshold) with { DetectionMilliseconds = detecting.TotalMilliseconds / Math.Max(1, timed) };
    }
}
