using Veil.Regions;

namespace Veil.Onnx.Decoders;

/// <summary>A face as a model gave it, before overlapping ones are merged.</summary>
/// <param name="Box">Where; pixel-edge coordinates.</param>
/// <param name="Score">Confidence, 0..1.</param>
/// <param name="Landmarks">Its five points, where the model gives them.</param>
internal readonly record struct Candidate(Box Box, float Score, FaceLandmarks? Landmarks);
