using System.Text.Json.Serialization;

namespace Veil.Evaluation.Utility;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrainingRun))]
[JsonSerializable(typeof(CoveredCounts))]
[JsonSerializable(typeof(CheckpointHeader))]
[JsonSerializable(typeof(RecordedUtility))]
internal sealed partial class UtilityJson : JsonSerializerContext;
