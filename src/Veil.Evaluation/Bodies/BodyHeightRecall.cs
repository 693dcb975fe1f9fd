using System.Text.Json.Serialization;

namespace Veil.Evaluation.Bodies;

/// <summary>Share of people found, by the height of their box; null where the pictures hold nobody of that height.</summary>
/// <param name="From128">128 pixels and more.</param>
/// <param name="From64">64 to below 128 pixels.</param>
/// <param name="From32">32 to below 64 pixels.</param>
/// <param name="From16">16 to below 32 pixels.</param>
public sealed record BodyHeightRecall(
    [property: JsonPropertyName("128+")] double? From128,
    [property: JsonPropertyName("64-128")] double? From64,
    [property: JsonPropertyName("32-64")] double? From32,
    [property: JsonPropertyName("16-32")] double? From16);
