using System.Text.Json;
using System.Text.Json.Serialization;

namespace Veil.Evaluation.Runs;

/// <summary>A line of a <see cref="MeasurementJournal"/>.</summary>
internal sealed record JournalLine([property: JsonPropertyName("key")] string Key, [property: JsonPropertyName("value")] JsonElement Value);

[JsonSerializable(typeof(JournalLine))]
[JsonSerializable(typeof(string))]
internal sealed partial class JournalJson : JsonSerializerContext;
