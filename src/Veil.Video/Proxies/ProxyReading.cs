namespace Veil.Video.Proxies;

/// <summary>How an excerpt of a film is read: smaller, and from a frame on. Frames that are left out are decoded and not counted. For one reading.</summary>
/// <param name="Filter">ffmpeg's filter that makes frames smaller.</param>
internal sealed record ProxyReading(string Filter)
{
    private int _leftOut;

    /// <summary>Frames before this time, as the file tells it, are left out; null for none.</summary>
    public TimeSpan? From { get; init; }

    /// <summary>So many frames are left out.</summary>
    public int Skip { get; init; }

    /// <summary>Asked for frame after frame.</summary>
    /// <param name="time">As the file tells it.</param>
    public bool LeavesOut(TimeSpan time) => time < From || _leftOut++ < Skip;
}
