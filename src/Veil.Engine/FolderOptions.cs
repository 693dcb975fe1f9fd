namespace Veil;

/// <summary>How a folder is worked through. Immutable.</summary>
public sealed record FolderOptions
{
    /// <summary>Pictures and films worked on at a time, 1 or more; by default one for each processor.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;
}
