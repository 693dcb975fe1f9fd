using Veil.Evaluation.Video;
using Veil.Regions;

namespace Veil.Evaluation.Verification.Checks;

/// <summary>A face followed through a film, and where the output shows it. What comes after its last detection is no knowledge.</summary>
internal sealed class FollowedFace
{
    private const int MostPlaces = 100;
    private readonly List<(int Frame, Box Box)> _pending = [];
    private readonly List<(int Frame, Box Box)> _leaks = [];
    private int _detections;
    private int _pendingFrames;
    private float _best;

    /// <summary>Frames from its first to its last detection.</summary>
    public int Frames { get; private set; }

    /// <summary>Frames among these in which it is seen.</summary>
    public int LeakedFrames { get; private set; }

    /// <summary>The first places where it is seen.</summary>
    public IReadOnlyList<(int Frame, Box Box)> Leaks => _leaks;

    /// <summary>The largest of its boxes' shorter sides among those where it is seen, pixels.</summary>
    public float Side { get; private set; }

    /// <summary>Whether it is a face beyond reasonable doubt.</summary>
    public bool IsSure => _detections >= LeakEvaluator.FewestDetections && _best >= LeakEvaluator.LeastScore;

    /// <summary>Adds a frame.</summary>
    public void Add(int frame, Region face, bool visible)
    {
        var detected = face.Origin.Source != RegionSource.Track;
        if (!detected && _detections == 0)
        {
            return;
        }

        _pendingFrames++;
        if (visible)
        {
            _pending.Add((frame, face.Box));
        }

        if (!detected)
        {
            return;
        }

        _detections++;
        _best = Math.Max(_best, face.Score);
        Frames += _pendingFrames;
        LeakedFrames += _pending.Count;
        foreach (var place in _pending)
        {
            Side = Math.Max(Side, Math.Min(place.Box.Width, place.Box.Height));
            if (_leaks.Count < MostPlaces)
            {
                _leaks.Add(place);
            }
        }

        _pending.Clear();
        _pendingFrames = 0;
    }
}
