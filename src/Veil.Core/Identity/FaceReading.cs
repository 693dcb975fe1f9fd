namespace Veil.Identity;

/// <summary>What became of reading a face.</summary>
/// <param name="Embedding">The face's embedding; null when it cannot be relied on.</param>
/// <param name="Flaw">Why it cannot.</param>
public readonly record struct FaceReading(FaceEmbedding? Embedding, FaceFlaw Flaw);
