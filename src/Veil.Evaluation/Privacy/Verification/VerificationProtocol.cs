namespace Veil.Evaluation.Privacy.Verification;

/// <summary>How pairs are compared one by one.</summary>
public sealed record VerificationProtocol
{
    /// <summary>False pairs at most, 1 or more; where there are more, so many are drawn. Default 8,000,000: all pairs of 2,800 pictures.</summary>
    public int MostImpostors { get; init; } = 8_000_000;

    /// <summary>Bootstrap samples of people for the intervals, 2 or more. Default 200.</summary>
    public int Resamples { get; init; } = 200;

    /// <summary>Seed of what is drawn. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
