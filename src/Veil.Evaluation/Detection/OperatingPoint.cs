namespace Veil.Evaluation.Detection;

/// <summary>What a detector finds at one threshold.</summary>
/// <param name="Threshold">Regions that score at least this are taken.</param>
/// <param name="FalsePositivesPerPicture">Regions per picture that overlap no marked face by half.</param>
/// <param name="Recall">Share of faces found, by the square root of their box's area.</param>
/// <param name="RecallByHeight">Share of faces found, by the height of their box.</param>
public sealed record OperatingPoint(float Threshold, double FalsePositivesPerPicture, FaceSizeRecall Recall, FaceSizeRecall RecallByHeight);
