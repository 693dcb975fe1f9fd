namespace Veil.Evaluation.Reidentification;

/// <summary>
/// A closed-set identification: of so many people one picture each is in the gallery and another one is the probe. Who
/// and which is drawn again and again, since one draw of a few hundred probes cannot tell chance from twice chance.
/// </summary>
public sealed record RankOneProtocol
{
    /// <summary>People in a draw, 2 or more; chance is one in so many. Default 272.</summary>
    public int People { get; init; } = 272;

    /// <summary>How often to draw, 1 or more. Default 200.</summary>
    public int Draws { get; init; } = 200;

    /// <summary>The same seed draws the same people and pictures. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
