using System.Numerics;
using Veil.Regions;

namespace Veil.Tracking;

/// <summary>
/// Makes regions of single frames into tracks without gaps, so that a face that is missed in a frame is covered in it all
/// the same. Regions are followed from frame to frame by their looks; what a detector finds corrects them. A region that is
/// found for the first time is followed back into the frames before, as far as the look-ahead reaches. Nothing is followed
/// across a cut. Frames are given in order and taken in order, a look-ahead later; memory depends on that alone.
/// Not thread-safe.
/// </summary>
/// <param name="policy">How far regions are carried.</param>
public sealed class RegionTracker(TrackingPolicy policy)
{
    /// <summary>Two boxes that share this much of their union are one region.</summary>
    private const float SameOverlap = 0.3f;

    /// <summary>Two boxes nearer than this fraction of their size, and of like size, are one region that moved fast.</summary>
    private const float SameDistance = 0.6f;
    private const float LargestSizeRatio = 1.8f;
    private const float Reach = 0.5f;

    /// <summary>
    /// A region that is larger than this share of the frame's shorter side and of which there is little evidence is carried
    /// <see cref="UnsureShare"/> times less far: so large a face is seen again at once, and so large a mistake hides all there is.
    /// </summary>
    private const float LargeShare = 0.5f;
    private const int UnsureShare = 5;

    private readonly PatchFollower _follower = new();
    private readonly LookSchedule _schedule = new(policy);
    private readonly List<Track> _open = [];
    private readonly List<Track> _closed = [];
    private readonly Queue<(int Frame, LumaPyramid Luma)> _window = new();
    private LumaPyramid? _last;
    private int _next;
    private int _nextTaken;
    private int _shotStart;
    private int _tracks;
    private float _shortSide;
    private bool _complete;

    /// <summary>Gives the next frame with what was found in it.</summary>
    /// <param name="luma">Its luma; all frames are of one size.</param>
    /// <param name="detections">What was found in it; null when nobody looked.</param>
    public void Add(LumaPyramid luma, IReadOnlyList<Region>? detections)
    {
        Advance(luma);
        if (detections is not null)
        {
            Detect(detections);
        }
    }

    /// <summary>Gives the next frame, into which regions are followed.</summary>
    /// <param name="luma">Its luma; all frames are of one size.</param>
    /// <returns>
    /// True when somebody should look for its regions and give them to <see cref="Detect"/> before the next frame: in every
    /// n-th frame and in the first of a shot, as <see cref="LookSchedule"/> knows beforehand, and where a region was lost
    /// sight of.
    /// </returns>
    public bool Advance(LumaPyramid luma)
    {
        ArgumentNullException.ThrowIfNull(luma);
        CloseLost(_next - 1);
        var frame = _next++;
        _shortSide = luma.Reduction * Math.Min(luma.Size(0).Width, luma.Size(0).Height);
        var (beginsShot, isLookedAt) = _schedule.Next(luma);
        if (beginsShot)
        {
            _closed.AddRange(_open);
            _open.Clear();
            _shotStart = frame;
        }

        if (_last is { } before)
        {
            foreach (var track in _open)
            {
                Follow(track, before, luma);
            }
        }

        _last = luma;
        _window.Enqueue((frame, luma));
        while (_window.Count > policy.LookAhead + 1)
        {
            _window.Dequeue();
        }

        return isLookedAt || _open.Exists(track => track.Coasting == 1);
    }

    /// <summary>Says what was found in the frame that was given last.</summary>
    /// <param name="detections">All that was found.</param>
    public void Detect(IReadOnlyList<Region> detections)
    {
        ArgumentNullException.ThrowIfNull(detections);
        if (_next == 0)
        {
            throw new InvalidOperationException("Expected a frame before what was found in it.");
        }

        Assign(_next - 1, detections);
    }

    /// <summary>Says that no frame follows.</summary>
    public void Complete() => _complete = true;

    /// <summary>The regions of the oldest frame that was not taken yet, once enough later frames are known.</summary>
    /// <returns>Null when more frames are needed, or when all were taken.</returns>
    public IReadOnlyList<Region>? TryTake() =>
        _nextTaken >= _next || (!_complete && _next - _nextTaken <= policy.LookAhead) ? null : Take();

    /// <summary>The regions of the oldest frame that was not taken yet, with what is known by now: for frames that cannot wait.</summary>
    /// <exception cref="InvalidOperationException">All were taken.</exception>
    public IReadOnlyList<Region> Take()
    {
        if (_nextTaken >= _next)
        {
            throw new InvalidOperationException("Expected a frame that was not taken yet, but all were.");
        }

        var frame = _nextTaken++;
        List<Region> regions = [.. _closed.Concat(_open).OrderBy(track => track.Id).Select(track => RegionAt(track, frame)).OfType<Region>()];

        // Smoothing looks back a little further than the frame.
        _closed.RemoveAll(track => track.Last + policy.Smoothing < _nextTaken);
        foreach (var track in _closed.Concat(_open))
        {
            track.ForgetBefore(frame - policy.Smoothing);
        }

        return regions;
    }

    private void Follow(Track track, LumaPyramid before, LumaPyramid luma)
    {
        var match = _follower.Follow(before, track.At(track.Last)!.Value.Box, luma, track.Expected(), Reach);
        track.Append(match.Correlation >= policy.SameFrom
            ? new Sight(SightKind.Followed, match.Box)
            : new Sight(SightKind.Coasted, track.Expected()));
    }

    /// <summary>Pairs detections with tracks, nearest first, and starts tracks for those left.</summary>
    private void Assign(int frame, IReadOnlyList<Region> detections)
    {
        var pairs = from track in _open
                    from detection in Enumerable.Range(0, detections.Count)
                    where track.Kind == detections[detection].Kind
                    let likeness = Likeness(track.At(frame)!.Value.Box, detections[detection].Box)
                    where likeness > 0
                    orderby likeness descending
                    select (track, detection);
        var (taken, used) = (new HashSet<Track>(), new HashSet<int>());
        foreach (var (track, detection) in pairs.ToList())
        {
            if (!taken.Contains(track) && used.Add(detection))
            {
                taken.Add(track);
                track.Detect(detections[detection]);
            }
        }

        for (var i = 0; i < detections.Count; i++)
        {
            if (!used.Contains(i))
            {
                _open.Add(Start(frame, detections[i]));
            }
        }
    }

    /// <summary>Above 0 when two boxes may show the same: overlap first, nearness second.</summary>
    private static float Likeness(Box a, Box b)
    {
        var overlap = a.IoU(b);
        if (overlap >= SameOverlap)
        {
            return 1 + overlap;
        }

        var size = (a.LongSide + b.LongSide) / 2;
        var ratio = Math.Max(a.LongSide, b.LongSide) / Math.Max(1e-3f, Math.Min(a.LongSide, b.LongSide));
        var distance = Vector2.Distance(new Vector2(a.CenterX, a.CenterY), new Vector2(b.CenterX, b.CenterY)) / size;
        return distance < SameDistance && ratio < LargestSizeRatio ? 1 - distance : 0;
    }

    private Track Start(int frame, Region detection)
    {
        var track = new Track(_tracks++, frame, detection);
        var frames = _window.Reverse().ToList();
        for (var i = 0; i + 1 < frames.Count && frames[i + 1].Frame >= _shotStart; i++)
        {
            var earlier = frames[i + 1].Frame;
            var box = track.At(track.First)!.Value.Box;
            var match = _follower.Follow(frames[i].Luma, box, frames[i + 1].Luma, box, Reach);
            if (match.Correlation < policy.SameFrom)
            {
                break;
            }

            track.Prepend(new Sight(SightKind.Followed, match.Box));
            if (_closed.Find(other => other.Kind == track.Kind && other.Last >= _shotStart && other.At(earlier) is { } sight && Likeness(sight.Box, match.Box) > 0) is { } same)
            {
                // It was lost and is found again: one person, one track.
                same.Join(track);
                _closed.Remove(same);
                return same;
            }
        }

        for (var extra = 0; extra < policy.Coast && track.First > Math.Max(_shotStart, _nextTaken); extra++)
        {
            track.Prepend(new Sight(SightKind.Coasted, track.At(track.First)!.Value.Box));
        }

        return track;
    }

    private void CloseLost(int frame)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var track = _open[i];
            if (track.Coasting >= policy.Coast || frame - track.LastDetected >= policy.Hold + policy.DetectEvery)
            {
                _closed.Add(track);
                _open.RemoveAt(i);
            }
        }
    }

    private Region? RegionAt(Track track, int frame)
    {
        if (track.At(frame) is not { } sight)
        {
            return null;
        }

        var (known, detection) = track.NearestDetection(frame);
        if (!track.IsSure && sight.Box.LongSide > _shortSide * LargeShare && Math.Abs(frame - known) > policy.Hold / UnsureShare)
        {
            return null;
        }

        // The mean of the boxes around, widened until it contains the frame's own.
        var box = track.Mean(frame, policy.Smoothing).Union(sight.Box);
        var shapes = track.DetectionsAround(frame, policy.ShapeReach);
        var longest = 2 * policy.ShapeReach;
        var carried = detection with
        {
            Box = box,
            Reference = track.ReferenceFor(frame, box, policy.Smoothing),
            Track = track.Id,
            Landmarks = TrackPoints.Landmarks(track, frame, longest) ?? detection.Landmarks?.Map(Moved),
            Points = known == frame && detection.Points is { } own ? own : TrackPoints.Dense(track, frame, longest, detection with { Box = sight.Box }),
            Outline = TrackShape.Outline(shapes, sight.Box),
            Mask = TrackShape.Mask(shapes, sight.Box),
            Origin = sight.Kind == SightKind.Detected ? detection.Origin : new RegionOrigin(RegionSource.Track, detection.Origin.Name),
        };
        return carried.Rounded();

        // Landmarks keep their place in the box.
        Vector2 Moved(Vector2 point) => new(
            sight.Box.Left + ((point.X - detection.Box.Left) / detection.Box.Width * sight.Box.Width),
            sight.Box.Top + ((point.Y - detection.Box.Top) / detection.Box.Height * sight.Box.Height));
    }
}
