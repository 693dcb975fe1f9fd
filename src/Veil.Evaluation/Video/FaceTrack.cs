using Veil.Regions;

namespace Veil.Evaluation.Video;

/// <summary>A face of the ground truth through the frames of a film.</summary>
internal sealed class FaceTrack
{
    private readonly Dictionary<int, Region> _places;
    private readonly List<int> _detected;
    private readonly float _best;

    private FaceTrack(int number, Dictionary<int, Region> places)
    {
        (Number, _places) = (number, places);
        _detected = [.. places.Where(place => place.Value.Origin.Source != RegionSource.Track).Select(place => place.Key).Order()];
        _best = _detected.Select(frame => places[frame].Score).DefaultIfEmpty(0).Max();
    }

    /// <summary>Its number in the truth.</summary>
    public int Number { get; }

    /// <summary>The tracks of a film that are faces beyond reasonable doubt.</summary>
    public static IEnumerable<FaceTrack> Of(RegionTimeline film)
    {
        var places = from frame in film.Frames
                     from region in frame.Regions
                     where region.Kind == RegionKind.Face && region.Track is not null
                     group (frame.Index, region) by region.Track!.Value;
        var tracks = places.Select(track => new FaceTrack(track.Key, track.ToDictionary(place => place.Index, place => place.region))).ToList();
        return tracks.Where(track =>
            track._detected.Count >= LeakEvaluator.FewestDetections && track._best >= LeakEvaluator.LeastScore
            && track.OverlapWith([.. tracks.Where(other => other._best > track._best)]) < LeakEvaluator.MostOverlap);
    }

    /// <summary>Its boxes from first to last detection: where it was carried beyond is no knowledge.</summary>
    public IReadOnlyList<(int Frame, Box Box)> Known() =>
        [.. _places.Where(place => place.Key >= _detected[0] && place.Key <= _detected[^1]).OrderBy(place => place.Key).Select(place => (place.Key, place.Value.Box))];

    /// <summary>The share of it that others cover, in its median frame.</summary>
    private float OverlapWith(IReadOnlyList<FaceTrack> others) => _places
        .Select(place => others.Select(other => other._places.TryGetValue(place.Key, out var there) ? place.Value.Box.Intersect(there.Box).Area / place.Value.Box.Area : 0).DefaultIfEmpty(0).Max())
        .Order().ElementAt(_places.Count / 2);
}
