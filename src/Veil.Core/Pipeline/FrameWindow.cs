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
    private readonly RegionTracker? _tracker = policy is null ? null : new RegionTracker(policy);
    private readonly Queue<Frame> _waiting = new();
    private IReadOnlyList<Region> _found = [];

    /// <summary>Takes over the next frame.</summary>
    /// <param name="frame">The frame, taken over also when this throws; not looked into.</param>
    /// <param name="luma">Its luma; null where regions are not carried.</param>
    /// <returns>Whether its regions are to be looked for and given to <see cref="Detect"/> before anything else is asked for.</returns>
    public bool Advance(Frame frame, LumaPyramid? luma)
    {
        _waiting.Enqueue(frame);
        return _tracker is null || _tracker.Advance(luma ?? throw new ArgumentNullException(nameof(luma)));
    }

    /// <summary>Says what was found in the frame that was given last.</summary>
    public void Detect(IReadOnlyList<Region> found)
    {
        _tracker?.Detect(found);
        _found = found;
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
            return (_waiting.Dequeue(), _found);
        }

        // Rounded as they are stored: covered with these, a film gets the same pixels now as later from a file.
        return _tracker.TryTake() is { } regions ? (_waiting.Dequeue(), regions.Select(region => region.Rounded()).ToList()) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_waiting.TryDequeue(out var frame))
        {
            frame.Dispose();
        }
    }
}
