namespace Veil.Onnx.Models;

/// <summary>A model's file as it was found.</summary>
/// <param name="Entry">Which model.</param>
/// <param name="Path">Full path; null when missing.</param>
/// <param name="State">Whether it can be used.</param>
public sealed record ModelFile(ModelEntry Entry, string? Path, ModelFileState State);
