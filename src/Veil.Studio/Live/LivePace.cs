using Veil.Video.Live;

namespace Veil.Studio.Live;

/// <summary>The delay of a session, and, where it is automatic, when it gets longer. Not thread-safe.</summary>
/// <param name="wanted">What the user chose.</param>
internal sealed class LivePace(LiveDelay wanted)
{
    // A frame that was not looked at in time is grey: more than one in four is no picture any more.
    private const double MostGrey = 0.25;

    // The first seconds are uneven: networks warm up.
    private const int Intervals = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2.4);

    private int _slow;

    /// <summary>Between a frame's arrival and its showing.</summary>
    public TimeSpan Latency { get; private set; } = TimeSpan.FromSeconds(wanted switch
    {
        LiveDelay.Medium => 0.6,
        LiveDelay.Long => 1.2,
        LiveDelay.VeryLong => 2.4,
        _ => 0.3,
    });

    /// <summary>Looks at the last second.</summary>
    /// <returns>True when the delay has become longer: the session begins anew with it.</returns>
    public bool IsTooShort(LiveHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        if (health.LongestSearch == TimeSpan.Zero)
        {
            // Nothing was searched: detectors are loading, or no frame came.
            return false;
        }

        _slow = health.CoveredWhole + health.Dropped > MostGrey * health.Arrived ? _slow + 1 : 0;
        if (wanted != LiveDelay.Automatic || _slow < Intervals || Latency >= Longest)
        {
            return false;
        }

        (_slow, Latency) = (0, 2 * Latency);
        return true;
    }
}
