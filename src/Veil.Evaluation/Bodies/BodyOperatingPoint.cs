namespace Veil.Evaluation.Bodies;

/// <summary>What a detector of people finds at one threshold.</summary>
/// <param name="Threshold">Regions that score at least this are taken.</param>
/// <param name="FalsePositivesPerPicture">Regions per picture that are nobody, or somebody found already.</param>
/// <param name="Recall">Share of all people found; null where there are none.</param>
/// <param name="RecallByHeight">The same by the height of their box.</param>
public sealed record BodyOperatingPoint(float Threshold, double FalsePositivesPerPicture, double? Recall, BodyHeightRecall RecallByHeight);
