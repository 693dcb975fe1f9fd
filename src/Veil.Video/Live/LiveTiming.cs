namespace Veil.Video.Live;

/// <summary>What the latency is spent on.</summary>
/// <param name="Latency">Between a frame's arrival and its output.</param>
/// <param name="FramesPerSecond">Most frames that arrive.</param>
internal sealed record LiveTiming(TimeSpan Latency, int FramesPerSecond)
{
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(0.5);

    /// <summary>Age at which a frame is covered with what is known: the rest is for covering and encoding.</summary>
    public TimeSpan DecideAt => 0.85 * Latency;

    /// <summary>Age from which a frame is dropped rather than shown.</summary>
    public TimeSpan DropAt => 1.5 * Latency;

    /// <summary>Frames between two searches are followed; farther apart they are not known well enough.</summary>
    public TimeSpan MostBetweenSearches => Latency < LongestGap ? Latency : LongestGap;

    /// <summary>
    /// Frames after a search in which what it found is covered though it can be followed in none of them: as many as there are between two searches that are
    /// near each other, and some more, since cameras keep no time.
    /// </summary>
    public int MostFollowed => 2 + (int)Math.Ceiling(1.25 * MostBetweenSearches.TotalSeconds * FramesPerSecond);

    /// <summary>Frames that wait at a time; more are dropped.</summary>
    public int MostWaiting => 2 + (int)Math.Ceiling(DropAt.TotalSeconds * FramesPerSecond);

    /// <summary>How often it is seen to that frames are resolved when no others arrive.</summary>
    public TimeSpan Beat => Latency / 8;
}
