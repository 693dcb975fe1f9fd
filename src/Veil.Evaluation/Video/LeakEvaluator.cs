using Veil.Errors;
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
            covered.Fill(tested.Frames[i].Regions, policy);
            foreach (var face in byFrame[film.Frames[i].Index])
            {
                if (covered.Share(face.Box) < CoveredEnough)
                {
                    seen.TryAdd(face.Track, []);
                    seen[face.Track].Add(face.Frame);
                }
            }

            expected.Fill(film.Frames[i].Regions, policy);
            elsewhere.Add(covered.ShareOutside(expected));
        }

        return seen;
    }

    private Dictionary<int, IReadOnlyList<(int Frame, Box Box)>> Tracks(RegionTimeline film)
    {
        var faces = from frame in film.Frames
                    from region in frame.Regions
                    where region.Kind == RegionKind.Face && region.Track is not null
                    group (frame.Index, Region: region) by region.Track!.Value;
        var tracks = new Dictionary<int, IReadOnlyList<(int Frame, Box Box)>>();
        foreach (var track in faces)
        {
            var detected = track.Where(face => face.Region.Origin.Source != RegionSource.Track).ToList();
            if (detected.Count < FewestDetections)
            {
                continue;
            }

            var (first, last) = (detected[0].Index, detected[^1].Index);
            IReadOnlyList<(int Frame, Box Box)> known = [.. track.Where(face => face.Index >= first && face.Index <= last).Select(face => (face.Index, face.Region.Box))];
            if (Size(known) >= smallestFace)
            {
                tracks.Add(track.Key, known);
            }
        }

        return tracks;
    }

    private static float Size(IReadOnlyList<(int Frame, Box Box)> faces) =>
        faces.Select(face => Math.Min(face.Box.Width, face.Box.Height)).Order().ElementAt(faces.Count / 2);
}
