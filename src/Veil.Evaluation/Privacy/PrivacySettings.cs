namespace Veil.Evaluation.Privacy;

/// <summary>How privacy is measured. Immutable.</summary>
public sealed record PrivacySettings
{
    /// <summary>Who attacks; at least one.</summary>
    public required IReadOnlyList<RecognitionNetwork> Networks { get; init; }

    /// <summary>Which detectors look for faces in treated pictures, the attacker's own first. May be empty.</summary>
    public IReadOnlyList<ProbeDetector> Detectors { get; init; } = [];

    /// <summary>People in a draw of the identification, 2 or more: chance is one in so many. Null takes 272, or all where there are fewer.</summary>
    public int? People { get; init; }

    /// <summary>How often people and pictures are drawn, 1 or more. Default 200.</summary>
    public int Draws { get; init; } = 200;

    /// <summary>Seed of everything that is drawn. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads, 1 or more. Default: as many as there are processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
