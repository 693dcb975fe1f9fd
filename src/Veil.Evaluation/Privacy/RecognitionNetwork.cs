using Veil.Identity;

namespace Veil.Evaluation.Privacy;

/// <summary>A recognition network that attacks.</summary>
/// <param name="Id">Short, unique.</param>
/// <param name="Name">As people write it.</param>
/// <param name="Sha256">Hash of its weights: with the id the key of what was measured with it.</param>
/// <param name="Embed">The network.</param>
/// <param name="PublishedAccuracy">Its accuracy on pairs of LFW as published, 0..1; null where none is.</param>
/// <param name="Source">Who published it.</param>
public sealed record RecognitionNetwork(string Id, string Name, string Sha256, FaceEmbed Embed, double? PublishedAccuracy, string Source)
{
    /// <summary>How far below the published accuracy a measured one may lie, 0..1. Default 0.01: other alignment, other pairs.</summary>
    public double Tolerance { get; init; } = 0.01;

    /// <summary>The cosine from which on it takes two faces for one person's, as published; null where none is.</summary>
    public double? SamePerson { get; init; }
}
