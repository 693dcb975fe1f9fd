using System.Collections.Immutable;
using System.Numerics;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>A point of a body.</summary>
/// <param name="Position">Pixel-edge coordinates of the picture; also where it is not seen, and may lie beyond the border.</param>
/// <param name="Visibility">How likely it is seen, 0..1.</param>
public readonly record struct BodyPoint(Vector2 Position, float Visibility);

/// <summary>How a person stands, as <see cref="PoseEstimator"/> sees it. Immutable.</summary>
/// <param name="Certainty">How certain the network is that it sees a person, 0..1.</param>
/// <param name="Points">COCO's 17 points, nose first, left before right, both the person's own.</param>
public sealed record BodyPose(float Certainty, ImmutableArray<BodyPoint> Points);
