using Veil.Imaging;
using Veil.Regions;
using Veil.Tracking;

namespace Veil.Pipeline;

/// <summary>
/// Frames that wait until their regions are known: not at all where each frame stands for itself, for a look-ahead where
/// regions are carried through time. Owns the frames in it. Not thread-safe.
/// </summary>
/// <param name="policy">How regions are carried; null for not at all.</param>
internal sealed class FrameWindow(TrackingPolicy? policy) : IDisposable
{
    /// <summary>Motion is told from pictures of about this many pixels along the longer side.</summary>
    private const int LumaSide = 960;

    private readonly RegionTracker? _tracker = policy is null ? null : new RegionTracker(policy);
    private readonly Queue<(Frame Frame, IReadOnlyList<Region> Regions)> _waiting = new();

    /// <summary>Takes over the next frame.</summary>
    /// <param name="frame">The frame; the caller's still when this throws.</param>
    /// <param name="find">Looks for its regions; called where that is needed.</param>
    public void Add(Frame frame, Func<IReadOnlyList<Region>> find)
    {
        if (_tracker is null)
        {
            _waiting.Enqueue((frame, find()));
            return;
        }

        var reduction = 1;
        while (reduction < 8 && Math.Max(frame.Width, frame.Height) / reduction > LumaSide)
        {
            reduction *= 2;
        }

        using var luma = frame.Luma(reduction);
        if (_tracker.Advance(LumaPyramid.Of(luma, reduction)))
        {
            _tracker.Detect(find());
        }

        _waiting.Enqueue((frame, []));
    }

    /// <summary>Says that no frame follows.</summary>
    public void Complete() => _tracker?.Complete();

    /// <summary>The oldest frame with its regions, owned by the caller; null when more frames are needed, or none is left.</summary>
    public (Frame Frame, IReadOnlyList<Region> Regions)? TryTake()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        if (_tracker is null)
        {
            return _waiting.Dequeue();
        }

        // Rounded as they are stored: covered with these, a film gets the same pixels now as later from a file.
        return _tracker.TryTake() is { } regions ? (_waiting.Dequeue().Frame, regions.Select(region => region.Rounded()).ToList()) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_waiting.TryDequeue(out var one))
        {
            one.Frame.Dispose();
        }
    }
}
