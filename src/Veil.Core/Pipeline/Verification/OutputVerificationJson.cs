using System.Text.Json;
using System.Text.Json.Serialization;

namespace Veil.Pipeline.Verification;

/// <summary>Reads and writes verifications: the same in journals, reports and between processes. Thread-safe.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutputVerification))]
public sealed partial class OutputVerificationJson : JsonSerializerContext
{
    /// <summary>Writes one as an object.</summary>
    /// <param name="json">Where.</param>
    /// <param name="verification">What.</param>
    public static void Write(Utf8JsonWriter json, OutputVerification verification) => JsonSerializer.Serialize(json, verification, Default.OutputVerification);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="element">The object.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    public static OutputVerification Read(JsonElement element) =>
        element.Deserialize(Default.OutputVerification) ?? throw new JsonException("Expected a verification, but received null.");
}
