using System.Text.Json.Serialization;

namespace Veil.Evaluation.Detection;

/// <summary>Share of faces found, by size; null where the pictures hold no face of that size. Ignored faces are left out.</summary>
/// <param name="From64">64 pixels and more.</param>
/// <param name="From32">32 to below 64 pixels.</param>
/// <param name="From16">16 to below 32 pixels.</param>
/// <param name="From8">8 to below 16 pixels.</param>
public sealed record FaceSizeRecall(
    [property: JsonPropertyName("64+")] double? From64,
    [property: JsonPropertyName("32-64")] double? From32,
    [property: JsonPropertyName("16-32")] double? From16,
    [property: JsonPropertyName("8-16")] double? From8);
