namespace Veil.Evaluation.Privacy.Verification;

/// <summary>How well true pairs are told from false ones.</summary>
/// <param name="At1Percent">Share of true pairs accepted where one false pair in a hundred is; null with fewer than a hundred false ones.</param>
/// <param name="At1PerMille">The same for one in a thousand.</param>
/// <param name="EqualError">The share of false pairs accepted where as many true ones are refused.</param>
/// <param name="Genuine">True pairs.</param>
/// <param name="Impostors">False pairs.</param>
public sealed record VerificationResult(AcceptedShare? At1Percent, AcceptedShare? At1PerMille, double EqualError, int Genuine, int Impostors);
