using System.Text.Json;
using System.Text.Json.Serialization;

namespace Veil.Client;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Detections))]
[JsonSerializable(typeof(JobInfo))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ClientJson : JsonSerializerContext;

internal sealed record Problem(string? Code, string? Detail, string? Title, string? Hint, string? RequestId)
{
    public static Problem? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ClientJson.Default.Problem);
        }
        catch (JsonException)
        {
            // A proxy answered, not the server.
            return null;
        }
    }
}
