using Veil.Detection;
using Veil.Onnx.Decoders;

namespace Veil.Onnx.Faces;

/// <summary>How to run a face model and read it; the numbers were measured (docs/detection.md).</summary>
/// <param name="Decoder">Reads its outputs.</param>
/// <param name="Rules">Which scales it gets.</param>
/// <param name="Scores">Brings its scores to the common scale.</param>
/// <param name="Overlap">Intersection over union above which two boxes are the same face.</param>
internal sealed record FaceModelProfile(IFaceDecoder Decoder, ScaleRules Rules, ScoreScale Scores, float Overlap);
