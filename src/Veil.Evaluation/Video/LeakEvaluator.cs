using Veil.Errors;
using Veil.Regions;

namespace Veil.Evaluation.Video;

/// <summary>
/// Looks for faces that a film shows: a track of the ground truth has leaked when, in any of its frames, more than half of
/// the face is not covered for certain. The truth is made by detectors, so what is hardly a face in it is left out, by a
/// rule that knows nothing of the regions under test: see <see cref="FewestDetections"/>, <see cref="LeastScore"/> and
/// <see cref="MostOverlap"/>. Thread-safe.
/// </summary>
/// <param name="policies">How the regions under test become covered pixels.</param>
/// <param name="smallestFace">Tracks whose median shorter side is below this are left out, pixels.</param>
public sealed class LeakEvaluator(RegionPolicies policies, float smallestFace)
{
    /// <summary>Tracks of fewer detections are left out: hair, hands and backs of heads are taken for faces for a moment.</summary>
    public const int FewestDetections = 5;

    /// <summary>
    /// Tracks that never reach this score are left out. Scores are on the scale that all detectors share, where 0.5 stands
    /// for about one false positive per picture: what stays there through many frames is as a rule no face.
    /// </summary>
    public const float LeastScore = 0.6f;

    /// <summary>
    /// Tracks of which a surer track covers this share in half of the frames or more are left out: the hair above a face, or
    /// two faces taken for one.
    /// </summary>
    public const float MostOverlap = 0.2f;

    private const float CoveredEnough = 0.5f;

    /// <summary>Compares.</summary>
    /// <param name="truth">Tracks of faces, made by the strongest detector; frames before a track's first and after its last detection are not looked at.</param>
    /// <param name="tested">What would be covered.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/>: a film of the truth is not among the regions, or has other frames.</exception>
    public LeakReport Evaluate(RegionsDocument truth, RegionsDocument tested)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(tested);
        var (tracks, frames, leaks, elsewhere) = (0, 0, new List<LeakedTrack>(), new List<float>());
        foreach (var film in truth.Timelines)
        {
            var other = tested.Timelines.FirstOrDefault(timeline => timeline.File == film.File);
            if (other is null || other.Frames.Count != film.Frames.Count)
            {
                throw new VeilException(
                    VeilErrorCode.InvalidGroundTruth, $"Expected regions of '{film.File}' for {film.Frames.Count} frames, but received {other?.Frames.Count ?? 0}.", "Detect in the same films.");
            }

            var faces = Tracks(film);
            var seen = Compare(film, other, faces, elsewhere);
            foreach (var (track, places) in faces)
            {
                tracks++;
                frames += places.Count;
                if (seen.TryGetValue(track, out var leaked))
                {
                    leaks.Add(new LeakedTrack(film.File, track, Size(places), places.Count, leaked));
                }
            }
        }

        return new LeakReport(smallestFace, tracks, frames, leaks, elsewhere.Count == 0 ? 0 : elsewhere.Average());
    }

    /// <summary>The frames in which each track is seen; tracks that never are stand not in it.</summary>
    private Dictionary<int, List<int>> Compare(RegionTimeline film, RegionTimeline tested, Dictionary<int, IReadOnlyList<(int Frame, Box Box)>> faces, List<float> elsewhere)
    {
        var byFrame = faces.SelectMany(track => track.Value.Select(face => (face.Frame, face.Box, Track: track.Key))).ToLookup(face => face.Frame);
        var seen = new Dictionary<int, List<int>>();
        var (covered, expected) = (new CoverageMap(film.Width, film.Height), new CoverageMap(film.Width, film.Height));
        for (var i = 0; i < film.Frames.Count; i++)
        {
            covered.Fill(tested.Frames[i].Regions, policies);
            foreach (var face in byFrame[film.Frames[i].Index])
            {
                if (covered.Share(face.Box) < CoveredEnough)
                {
                    seen.TryAdd(face.Track, []);
                    seen[face.Track].Add(face.Frame);
                }
            }

            expected.Fill(film.Frames[i].Regions, policies);
            elsewhere.Add(covered.ShareOutside(expected));
        }

        return seen;
    }

    private Dictionary<int, IReadOnlyList<(int Frame, Box Box)>> Tracks(RegionTimeline film) =>
        FaceTrack.Of(film).Select(track => (track.Number, Places: track.Known())).Where(track => Size(track.Places) >= smallestFace).ToDictionary(track => track.Number, track => track.Places);

    private static float Size(IReadOnlyList<(int Frame, Box Box)> faces) =>
        faces.Select(face => Math.Min(face.Box.Width, face.Box.Height)).Order().ElementAt(faces.Count / 2);
}
