using System.Collections.Concurrent;
using Veil.Anonymization;
using Veil.Detection;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Realism;

/// <summary>Treats pictures and looks at every face in them. One call at a time; it uses all threads itself.</summary>
/// <param name="settings">Who looks.</param>
internal sealed class FaceLooker(RealismSettings settings) : IDisposable
{
    /// <summary>A face that shares less with where it was is another one.</summary>
    private const float LeastOverlap = 0.4f;

    /// <summary>How much wider than the face's box the square is that networks look at.</summary>
    private const float Surroundings = 1.3f;

    private readonly ConcurrentBag<Eyes> _idle = [];

    /// <summary>Looks at all of them.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="treatment">What is done to them.</param>
    /// <param name="originals">What was seen in the originals; null when these are they.</param>
    /// <param name="done">Called after each picture with how many faces it has, from several threads.</param>
    /// <param name="cancel">Stops between pictures.</param>
    public FaceLooks Look(IReadOnlyList<RealismPicture> pictures, Treatment treatment, FaceLooks? originals, Action<int> done, CancellationToken cancel)
    {
        var (first, count) = (new int[pictures.Count], 0);
        for (var i = 0; i < pictures.Count; i++)
        {
            (first[i], count) = (count, count + pictures[i].Faces.Count);
        }

        var looks = new FaceLooks(count, settings.Detectors.Count, settings.Features.Count);
        var method = treatment.Create();
        ParallelWork.For(pictures.Count, settings.Threads, picture =>
        {
            using var pixels = pictures[picture].Read();
            treatment.Apply(method, pixels, Regions(pictures[picture], treatment));
            var eyes = _idle.TryTake(out var idle) ? idle : new Eyes([.. settings.Detectors.Select(detector => detector.Create())], settings.Landmarker.Create());
            try
            {
                Look(pixels, pictures[picture].Faces, first[picture], eyes, looks, originals, cancel);
            }
            finally
            {
                _idle.Add(eyes);
            }

            done(pictures[picture].Faces.Count);
        }, cancel);
        return looks;
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var eyes))
        {
            eyes.Dispose();
        }
    }

    // As a run has it: points, and what is in front of a face, are looked for where they matter, and nowhere else.
    private static IReadOnlyList<Region> Regions(RealismPicture picture, Treatment treatment)
    {
        var (points, occluders) = (PrivacyExperiment.WantsPoints(treatment), treatment.Method?.Needs.HasFlag(MethodNeeds.Occluders) == true);
        return [.. picture.Faces.Select(face => face with { Points = points ? face.Points : null, Occluder = occluders ? face.Occluder : null })];
    }

    private void Look(PixelBuffer pixels, IReadOnlyList<Region> faces, int first, Eyes eyes, FaceLooks looks, FaceLooks? originals, CancellationToken cancel)
    {
        for (var detector = 0; detector < eyes.Detectors.Count; detector++)
        {
            var found = eyes.Detectors[detector].Detect(pixels, cancel).Where(region => region.Kind == RegionKind.Face).ToList();
            for (var i = 0; i < faces.Count; i++)
            {
                // Detectors draw their boxes differently: each one's own in the original is what its next is compared with.
                var place = originals?.Found[detector][first + i] ?? faces[i].Box;
                if (found.Where(region => region.Box.IoU(place) >= LeastOverlap).MaxBy(region => region.Box.IoU(place)) is not { } face)
                {
                    continue;
                }

                looks.Found[detector][first + i] = face.Box;
                if (detector == 0 && eyes.Landmarker.Locate(pixels, face) is { } points && points.Fits(face))
                {
                    looks.Points[first + i] = points.ToLandmarks();
                }
            }
        }

        using var frame = new Frame(pixels.Clone(), 0, TimeSpan.Zero);
        for (var i = 0; i < faces.Count; i++)
        {
            Describe(frame, faces[i], first + i, looks);
        }
    }

    private void Describe(Frame frame, Region face, int index, FaceLooks looks)
    {
        using var aligned = FaceAlignment.Of(face.Landmarks!)?.Cut(frame, out _);
        using var crop = frame.Pixels.View(Square(face.Box, frame.Pixels.Bounds));
        looks.People[index] = aligned is null ? null : settings.Recognition.Embed(aligned)?.ToArray();
        for (var network = 0; network < settings.Features.Count; network++)
        {
            var (view, read) = (settings.Features[network].View, settings.Features[network].Read);
            looks.Vectors[network][index] = view == FeatureView.Crop ? read(crop) : aligned is null ? null : read(aligned);
        }
    }

    private static PixelRect Square(Box face, PixelRect bounds)
    {
        var half = Surroundings * face.LongSide / 2;
        return new Box(face.CenterX - half, face.CenterY - half, face.CenterX + half, face.CenterY + half).ToPixels().Intersect(bounds);
    }

    /// <summary>What one worker looks with.</summary>
    private sealed record Eyes(IReadOnlyList<IRegionDetector> Detectors, IFaceLandmarker Landmarker) : IDisposable
    {
        public void Dispose()
        {
            foreach (var detector in Detectors)
            {
                detector.Dispose();
            }

            Landmarker.Dispose();
        }
    }
}
