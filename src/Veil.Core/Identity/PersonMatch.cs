namespace Veil.Identity;

/// <summary>The listed person that a face resembles most.</summary>
/// <param name="Person">Index in the gallery.</param>
/// <param name="Similarity">Cosine of the best photo, −1..1.</param>
public readonly record struct PersonMatch(int Person, float Similarity);
