using System.Text.Json;
using Veil.Errors;

namespace Veil.Identity;

/// <summary>Verdicts as JSON, numbers alone: <c>"people":{"listed":1,"strangers":2,"undecided":0,"clear":1}</c>.</summary>
internal static class PersonCountsJson
{
    public const string Name = "people";

    public static void Write(Utf8JsonWriter json, PersonCounts counts)
    {
        json.WriteStartObject(Name);
        json.WriteNumber("listed", counts.Listed);
        json.WriteNumber("strangers", counts.Strangers);
        json.WriteNumber("undecided", counts.Undecided);
        json.WriteNumber("clear", counts.Clear);
        json.WriteEndObject();
    }

    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidRegions"/>.</exception>
    public static PersonCounts Read(JsonElement element)
    {
        return new PersonCounts(Number("listed"), Number("strangers"), Number("undecided"), Number("clear"));

        int Number(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
                ? number
                : throw new VeilException(VeilErrorCode.InvalidRegions, $"Expected a count '{name}' of people, but there is none.");
    }
}
