using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Veil.Studio.Jobs;

/// <summary>
/// What is known of a job. Immutable: <see cref="JobTransitions"/> makes the next version of it, a store keeps the newest.
/// </summary>
internal sealed record Job
{
    /// <summary>Its name.</summary>
    public required JobId Id { get; init; }

    /// <summary>Id of the API key that it belongs to; nobody else sees it.</summary>
    public required string Owner { get; init; }

    /// <summary>Grows by one with every change; the id of the event that tells of it.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>Where it is on its way.</summary>
    public JobState State { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When work on it began, the last time.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>What is to be done; a document that only the work understands.</summary>
    public required JsonElement Settings { get; init; }

    /// <summary>What it is to be done to.</summary>
    public required ImmutableArray<JobInput> Inputs { get; init; }

    /// <summary>How far it is.</summary>
    public JobProgress Progress { get; init; } = JobProgress.None;

    /// <summary>How often work on it was begun; not counting what a server's orderly end broke off.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it failed.</summary>
    public JobError? Error { get; init; }

    /// <summary>Who works on it.</summary>
    public JobLease? Lease { get; init; }

    /// <summary>How many leases it has had.</summary>
    public long Leases { get; init; }

    /// <summary>
    /// The lease whose results are the job's, from the moment that this is settled: nobody does the work again, but the results may
    /// still have to be put in their place.
    /// </summary>
    public long? Publishing { get; init; }

    /// <summary>Why it is to stop; null as long as it may go on.</summary>
    public JobStop? Stop { get; init; }

    /// <summary>When its owner asked for everything of it to be deleted.</summary>
    public DateTimeOffset? RemovalAsked { get; init; }

    /// <summary>When the originals are deleted whatever happens.</summary>
    public required DateTimeOffset InputsDue { get; init; }

    /// <summary>When the originals were deleted.</summary>
    public DateTimeOffset? InputsDeleted { get; init; }

    /// <summary>How long results stay once the job has ended.</summary>
    public required TimeSpan KeepResults { get; init; }

    /// <summary>When everything of it is deleted; null until it has ended.</summary>
    [JsonIgnore]
    public DateTimeOffset? ResultsDue => Finished + KeepResults;

    /// <summary>True once nothing more will happen to it but its deletion.</summary>
    [JsonIgnore]
    public bool HasEnded => State is JobState.Done or JobState.Failed or JobState.Cancelled;

    /// <summary>When something of it has to be deleted next.</summary>
    [JsonIgnore]
    public DateTimeOffset Due => (HasEnded, InputsDeleted, RemovalAsked) switch
    {
        (true, null, _) or (true, _, not null) => Finished!.Value,
        (true, _, _) => ResultsDue!.Value,
        (false, null, _) => InputsDue,
        (false, _, _) => DateTimeOffset.MaxValue,
    };
}
