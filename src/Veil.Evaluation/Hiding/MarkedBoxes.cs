using Veil.Regions;

namespace Veil.Evaluation.Hiding;

/// <summary>A picture with everything of one kind marked.</summary>
/// <param name="File">Full path.</param>
/// <param name="Boxes">Where, pixel-edge coordinates.</param>
public sealed record MarkedBoxes(string File, IReadOnlyList<Box> Boxes);
