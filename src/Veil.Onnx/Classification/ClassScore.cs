namespace Veil.Onnx.Classification;

/// <summary>A class and how probable it is.</summary>
/// <param name="Index">Place among the network's classes, from 0.</param>
/// <param name="Label">Its name, as the network's authors list it; two of ImageNet's share one (crane, maillot).</param>
/// <param name="Probability">0..1.</param>
public readonly record struct ClassScore(int Index, string Label, float Probability);
