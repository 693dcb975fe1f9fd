using Veil.Video.Live;

namespace Veil.Studio.Live;

/// <summary>The delay of a session, whether this machine keeps up with it, and, where it is automatic, when it changes. Not thread-safe.</summary>
/// <param name="wanted">What the user chose.</param>
internal sealed class LivePace(LiveDelay wanted)
{
    // A frame that was not looked at in time is grey: more than one in four is no picture any more.
    private const double MostGrey = 0.25;

    // One bad second is no reason to say or to do anything: networks warm up, and other programs start.
    private const int SlowSeconds = 3;
    private const int CalmSeconds = 8;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2.4);

    private int _slow;
    private int _calm;
    private bool _wasShortened;

    /// <summary>Between a frame's arrival and its showing.</summary>
    public TimeSpan Latency { get; private set; } = wanted switch
    {
        LiveDelay.Medium => TimeSpan.FromSeconds(0.6),
        LiveDelay.Long => TimeSpan.FromSeconds(1.2),
        LiveDelay.VeryLong => Longest,
        _ => Shortest,
    };

    /// <summary>True while many frames are not looked at in time.</summary>
    public bool IsStruggling => _slow >= SlowSeconds;

    /// <summary>Says that the work has become another: what was seen of it so far tells nothing, and a delay that had to be long may be short again.</summary>
    public void Renew() => (_slow, _calm, _wasShortened) = (0, 0, false);

    /// <summary>Looks at the last second.</summary>
    /// <returns>True when the delay is another from now on.</returns>
    public bool Adapts(LiveHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        if (health.LongestSearch == TimeSpan.Zero)
        {
            // Nothing was searched: detectors are loading, or no frame came.
            return false;
        }

        var isSlow = health.CoveredWhole + health.Dropped > MostGrey * health.Arrived;
        (_slow, _calm) = (isSlow ? _slow + 1 : 0, isSlow || health.LongestSearch > Latency / 6 ? 0 : _calm + 1);
        if (wanted != LiveDelay.Automatic)
        {
            return false;
        }

        if (IsStruggling && Latency < Longest)
        {
            (_slow, _calm, Latency) = (0, 0, 2 * Latency);
            return true;
        }

        // Tried once: with each longer delay the picture stands still for a moment.
        if (_calm >= CalmSeconds && Latency > Shortest && !_wasShortened)
        {
            (_slow, _calm, _wasShortened, Latency) = (0, 0, true, Latency / 2);
            return true;
        }

        return false;
    }
}
