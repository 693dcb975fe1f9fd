namespace Veil.Evaluation.Coco;

/// <summary>Something that a network found in a picture, as far as COCO's evaluation looks at it: whatever it is, a box, a mask or a pose.</summary>
/// <param name="Score">Higher is surer; need not be a probability.</param>
/// <param name="Area">Of the box, the mask, or the box around the pose's points, square pixels.</param>
/// <param name="Overlaps">
/// With each object of the picture, in their order, 0..1: <see cref="CocoBox.Overlap"/>, the same of masks, or
/// <see cref="ObjectKeypointSimilarity"/>.
/// </param>
public sealed record CocoFinding(double Score, double Area, IReadOnlyList<double> Overlaps);
