namespace Veil.Onnx.Generation;

/// <summary>Where a face of a bank comes from.</summary>
/// <param name="Seed">Its number: of its own latent, or of a mode.</param>
/// <param name="Latent">As <see cref="FaceGenerator.Generate"/> takes it.</param>
public sealed record FaceSource(ulong Seed, ReadOnlyMemory<float> Latent);
