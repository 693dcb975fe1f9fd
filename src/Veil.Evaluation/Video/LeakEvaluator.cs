using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Video;

/// <summary>
/// Looks for faces that a film shows: a track of the ground truth has leaked when, in any of its frames, more than half of
/// the face is not covered for certain. Thread-safe.
/// </summary>
/// <param name="policy">How the regions under test become covered pixels.</param>
/// <param name="smallestFace">Tracks whose median shorter side is below this are left out, pixels.</param>
public sealed class LeakEvaluator(RegionPolicy policy, float smallestFace)
{
    private const float CoveredEnough = 0.5f;

    /// <summary>Tracks of fewer detections are left out: a detector's single mistake is no face.</summary>
    private const int FewestDetections = 3;

    /// <summary>Compares.</summary>
    /// <param name="truth">Tracks of faces, made by the strongest detector; frames before a track's first and after its last detection are not looked at.</param>
    /// <param name="tested">What would be covered.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/>: a film of the truth is not among the regions, or has other frames.</exception>
    public LeakReport Evaluate(RegionsDocument truth, RegionsDocument tested)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(tested);
        var (tracks, frames, leaks) = (0, 0, new List<LeakedTrack>());
        foreach (var film in truth.Timelines)
        {
            var other = tested.Timelines.FirstOrDefault(timeline => timeline.File == film.File);
            if (other is null || other.Frames.Count != film.Frames.Count)
            {
                throw new VeilException(
                    VeilErrorCode.InvalidGroundTruth, $"Expected regions of '{film.File}' for {film.Frames.Count} frames, but received {other?.Frames.Count ?? 0}.", "Detect in the same films.");
            }

            foreach (var (track, faces) in Tracks(film))
            {
                var leaked = faces.Where(face => CoveredShare(face.Box, other.Frames[face.Frame].Regions, film.Width, film.Height) < CoveredEnough).Select(face => face.Frame).ToList();
                tracks++;
                frames += faces.Count;
                if (leaked.Count > 0)
                {
                    leaks.Add(new LeakedTrack(film.File, track, Size(faces), faces.Count, leaked));
                }
            }
        }

        return new LeakReport(smallestFace, tracks, frames, leaks);
    }

    private IEnumerable<(int Track, IReadOnlyList<(int Frame, Box Box)> Faces)> Tracks(RegionTimeline film)
    {
        var faces = from frame in film.Frames
                    from region in frame.Regions
                    where region.Kind == RegionKind.Face && region.Track is not null
                    group (frame.Index, Region: region) by region.Track!.Value;
        foreach (var track in faces)
        {
            var detected = track.Where(face => face.Region.Origin.Source != RegionSource.Track).Select(face => face.Index).ToList();
            if (detected.Count < FewestDetections)
            {
                continue;
            }

            IReadOnlyList<(int Frame, Box Box)> known = [.. track.Where(face => face.Index >= detected[0] && face.Index <= detected[^1]).Select(face => (face.Index, face.Region.Box))];
            if (Size(known) >= smallestFace)
            {
                yield return (track.Key, known);
            }
        }
    }

    private static float Size(IReadOnlyList<(int Frame, Box Box)> faces) =>
        faces.Select(face => Math.Min(face.Box.Width, face.Box.Height)).Order().ElementAt(faces.Count / 2);

    /// <summary>The share of a box's pixels in the picture that are surely covered.</summary>
    private float CoveredShare(Box face, IReadOnlyList<Region> regions, int width, int height)
    {
        var area = face.ToPixels().Intersect(new PixelRect(0, 0, width, height));
        if (area.IsEmpty)
        {
            return 1;
        }

        var covered = new bool[area.Width * area.Height];
        foreach (var mask in regions.Select(region => policy.Cover(region, width, height)?.Mask).OfType<RegionMask>())
        {
            var common = mask.Bounds.Intersect(area);
            for (var y = common.Top; y < common.Bottom; y++)
            {
                var row = mask.Row(y);
                for (var x = common.Left; x < common.Right; x++)
                {
                    covered[((y - area.Top) * area.Width) + x - area.Left] |= row[x - mask.Bounds.Left] == byte.MaxValue;
                }
            }
        }

        return covered.Count(value => value) / (float)covered.Length;
    }
}
