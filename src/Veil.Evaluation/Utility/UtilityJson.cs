using System.Text.Json.Serialization;

namespace Veil.Evaluation.Utility;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrainingRun))]
[JsonSerializable(typeof(CoveredCounts))]
[JsonSerializable(typeof(CheckpointHeader))]
internal sealed partial class UtilityJson : JsonSerializerContext;
