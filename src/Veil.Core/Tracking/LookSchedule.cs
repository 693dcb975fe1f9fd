namespace Veil.Tracking;

/// <summary>
/// Tells, before anything is known of what they show, which frames begin a shot and in which frames regions are looked for
/// in any case. Frames are given in order. Not thread-safe.
/// </summary>
/// <param name="policy">How regions are carried.</param>
public sealed class LookSchedule(TrackingPolicy policy)
{
    private LumaPyramid? _last;
    private int _next;

    /// <summary>Takes the next frame.</summary>
    /// <param name="luma">Its luma; all frames are of one size.</param>
    /// <returns>Whether a shot begins with it, and whether it is looked at.</returns>
    public (bool BeginsShot, bool IsLookedAt) Next(LumaPyramid luma)
    {
        ArgumentNullException.ThrowIfNull(luma);
        var begins = _last is not { } before || ShotCuts.Between(before, luma);
        _last = luma;
        return (begins, _next++ % policy.DetectEvery == 0 || begins);
    }
}
