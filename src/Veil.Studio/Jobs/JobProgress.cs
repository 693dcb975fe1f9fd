namespace Veil.Studio.Jobs;

/// <summary>How far a job is.</summary>
internal sealed record JobProgress
{
    /// <summary>Nothing done yet.</summary>
    public static JobProgress None { get; } = new();

    /// <summary>Pictures and films in all; 0 while nobody has counted.</summary>
    public int Items { get; init; }

    /// <summary>Those that are finished, whether they succeeded or not.</summary>
    public int ItemsDone { get; init; }

    /// <summary>Those that failed.</summary>
    public int ItemsFailed { get; init; }

    /// <summary>Frames of the present film that are done.</summary>
    public long Frame { get; init; }

    /// <summary>Frames of the present film in all; null when nobody knows, or there is no film.</summary>
    public long? Frames { get; init; }

    /// <summary>Items, or frames of a film, per second lately; null when too few are done to say.</summary>
    public double? Rate { get; init; }
}
