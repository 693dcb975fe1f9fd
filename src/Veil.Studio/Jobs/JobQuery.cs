namespace Veil.Studio.Jobs;

/// <summary>Which of an owner's jobs are wanted; the newest come first.</summary>
internal sealed record JobQuery
{
    /// <summary>Id of the API key.</summary>
    public required string Owner { get; init; }

    /// <summary>Only those in this state; null for all.</summary>
    public JobState? State { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Only those behind this one in the list: the last of the page before. Null for the first page.</summary>
    public JobId? After { get; init; }
}
