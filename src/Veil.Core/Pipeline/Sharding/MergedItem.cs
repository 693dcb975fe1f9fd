using System.Text.Encodings.Web;
using System.Text.Json;

namespace Veil.Pipeline.Sharding;

/// <summary>A line of the list of items: what the journal says, less the times, which differ from run to run.</summary>
internal static class MergedItem
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream stream, ManifestEntry entry, JsonElement result)
    {
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            json.WriteString("file", entry.File);
            if (entry.Split.Length > 0)
            {
                json.WriteString("split", entry.Split);
            }

            var copied = entry.Treatment != ItemTreatment.Anonymize;
            json.WriteString("status", copied && result.GetProperty("status").ValueEquals("done"u8) ? "original" : result.GetProperty("status").GetString());
            foreach (var property in result.EnumerateObject())
            {
                if (property.Name is not ("file" or "status" or "milliseconds") && !(copied && property.Name == "frames"))
                {
                    property.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        stream.Write("\n"u8);
    }
}
