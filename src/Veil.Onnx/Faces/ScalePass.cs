using Veil.Onnx.Inference;

namespace Veil.Onnx.Faces;

/// <summary>One inference of a <see cref="ScalePlan"/>.</summary>
/// <param name="Window">What is shown to the model, and how large.</param>
/// <param name="SmallestFace">Faces below this size (√area, picture pixels) are left to finer passes.</param>
/// <param name="LargestFace">Faces above this size (√area, picture pixels) are left to coarser passes.</param>
/// <param name="Mirroring">Which way round.</param>
/// <param name="View">Which look at the picture it belongs to: tiles at one scale, the same way round, share a number.</param>
public readonly record struct ScalePass(SourceWindow Window, float SmallestFace, float LargestFace, Mirroring Mirroring, int View);
