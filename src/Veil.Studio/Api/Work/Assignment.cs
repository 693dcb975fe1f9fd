using Veil.Pipeline;

namespace Veil.Studio.Api.Work;

/// <summary>What is to be done with an input.</summary>
internal enum AssignedWork
{
    /// <summary>Cover what is found, and write the result.</summary>
    Anonymize,

    /// <summary>Find what would be covered; nothing is written.</summary>
    Find,
}

/// <summary>One input that is to be worked on.</summary>
/// <param name="Work">What is to be done with it.</param>
/// <param name="Planned">The input and where the result goes.</param>
internal sealed record Assignment(AssignedWork Work, PlannedItem Planned)
{
    /// <summary>How long it may take, or each frame of a film; null where whoever waits ends it. Only the work of another process can be ended like that.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Told after frames; null for nobody.</summary>
    public IProgress<ItemProgress>? Progress { get; init; }
}
