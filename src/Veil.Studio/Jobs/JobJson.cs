using System.Text.Json;
using System.Text.Json.Serialization;

namespace Veil.Studio.Jobs;

/// <summary>Jobs as stores keep them: one JSON document each.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Job))]
internal sealed partial class JobJson : JsonSerializerContext
{
    /// <summary>Writes a job.</summary>
    public static byte[] Write(Job job) => JsonSerializer.SerializeToUtf8Bytes(job, Default.Job);

    /// <summary>Reads a job.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Job Read(ReadOnlySpan<byte> document) => JsonSerializer.Deserialize(document, Default.Job) ?? throw new JsonException("Expected a job.");

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public static Job Read(string document) => JsonSerializer.Deserialize(document, Default.Job) ?? throw new JsonException("Expected a job.");
}
