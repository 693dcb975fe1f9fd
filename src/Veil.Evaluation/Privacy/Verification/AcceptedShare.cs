namespace Veil.Evaluation.Privacy.Verification;

/// <summary>Share of true pairs that are accepted at a share of false ones.</summary>
/// <param name="Rate">0..1.</param>
/// <param name="Margin">Half the width of its 95 % confidence interval.</param>
public sealed record AcceptedShare(double Rate, double Margin);
