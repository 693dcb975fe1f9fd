using System.Text.Json;
using Veil.Evaluation.Verification;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Engine.Verification;

/// <summary>A verification as JSON, for scripts and reports.</summary>
internal static class VerificationJson
{
    public static void Write(Stream target, VerificationSummary summary, IEnumerable<KeyValuePair<string, string>> settings)
    {
        using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "veil-verification");
        json.WriteNumber("version", 1);
        json.WriteString("verdict", RegionJson.NameOf(summary.Verdict));
        json.WriteString("sentence", summary.Sentence);
        json.WriteStartObject("settings");
        foreach (var (name, value) in settings)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("files");
        foreach (var file in summary.Files)
        {
            json.WriteStartObject();
            json.WriteString("file", file.Name);
            json.WriteString("output", file.Output);
            json.WriteString("verdict", RegionJson.NameOf(file.Verification.Verdict));
            json.WritePropertyName("verification");
            OutputVerificationJson.Write(json, file.Verification);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The same as an element of another document.</summary>
    public static JsonElement Element(VerificationSummary summary, IEnumerable<KeyValuePair<string, string>> settings)
    {
        using var bytes = new MemoryStream();
        Write(bytes, summary, settings);
        using var document = JsonDocument.Parse(bytes.ToArray());
        return document.RootElement.Clone();
    }
}
