namespace Veil.Pipeline.Sharding;

/// <summary>A file of a run.</summary>
/// <param name="File">Below the dataset's root and below the output folder alike, with forward slashes.</param>
/// <param name="Treatment">What is done with it.</param>
/// <param name="Split">The split it belongs to; empty when to none.</param>
public sealed record ManifestEntry(string File, ItemTreatment Treatment, string Split)
{
    /// <summary>Its number, from 0, which decides its shard.</summary>
    public long Number { get; init; }
}

/// <summary>Why a file of the dataset is not among a run's items.</summary>
public enum LeftOutReason
{
    /// <summary>Its split was not chosen.</summary>
    Split,

    /// <summary>It is neither a picture nor a label: it may hold anything.</summary>
    Unrecognised,
}

/// <summary>A file that is not part of the output.</summary>
/// <param name="File">Below the dataset's root, with forward slashes.</param>
/// <param name="Reason">Why.</param>
/// <param name="Split">The split it belongs to; empty when to none.</param>
public sealed record LeftOutFile(string File, LeftOutReason Reason, string Split);
