namespace Veil.Video.Proxies;

/// <summary>
/// A film in pieces of equal length, each a file that plays by itself at its place in the film: pieces that an edit touches are made anew, and
/// the first plays while the others are made.
/// </summary>
/// <param name="Times">When each frame is shown, from the film's start; rising.</param>
internal sealed record ProxySegments(IReadOnlyList<TimeSpan> Times)
{
    /// <summary>Frames of a piece, but for the last.</summary>
    public const int Length = 48;

    /// <summary>From one frame that stands alone to the next: so many are decoded at most when somebody seeks.</summary>
    public const int KeyEvery = 12;

    /// <summary>Ticks a second: whatever rate films have, their times fall on one or next to it.</summary>
    public const int TicksPerSecond = 90_000;

    private const double UsualRate = 25;

    private readonly long[] _ticks = Ticks(Times);

    /// <summary>How many pieces.</summary>
    public int Count => (Times.Count + Length - 1) / Length;

    /// <summary>The first frame of a piece.</summary>
    public static int First(int segment) => segment * Length;

    /// <summary>How many frames a piece has.</summary>
    public int Frames(int segment) => Math.Min(Length, Times.Count - First(segment));

    /// <summary>When a frame is shown, in ticks: frame <c>Times.Count</c> is the film's end.</summary>
    public long TickOf(int frame) => _ticks[frame];

    private static long[] Ticks(IReadOnlyList<TimeSpan> times)
    {
        var ticks = new long[times.Count + 1];
        for (var frame = 0; frame < times.Count; frame++)
        {
            var at = (long)Math.Round(times[frame].Ticks * (double)TicksPerSecond / TimeSpan.TicksPerSecond);

            // Some containers give two frames one time; a player would drop one of them.
            ticks[frame] = frame == 0 ? at : Math.Max(at, ticks[frame - 1] + 1);
        }

        // The last frame stays as long as the one before it.
        ticks[^1] = times.Count switch
        {
            0 => 0,
            1 => ticks[0] + (long)(TicksPerSecond / UsualRate),
            _ => (2 * ticks[^2]) - ticks[^3],
        };
        return ticks;
    }
}
