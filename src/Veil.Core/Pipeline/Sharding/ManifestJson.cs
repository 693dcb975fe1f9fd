using System.Text.Encodings.Web;
using System.Text.Json;

namespace Veil.Pipeline.Sharding;

/// <summary>The lines of a manifest: a header, items, files that are left out, and an end with the sums and the hash of all before.</summary>
internal static class ManifestJson
{
    public const int Version = 1;

    // Lines are read by this program, and names are half of them.
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Utf8JsonWriter Writer(System.Buffers.IBufferWriter<byte> buffer) => new(buffer, Format);

    public static void Write(Utf8JsonWriter json, ManifestHeader header)
    {
        json.WriteStartObject();
        json.WriteNumber("manifest", Version);
        json.WriteString("veil", header.Program);
        json.WriteString("command", header.Command);
        json.WriteString("dataset", header.Dataset);
        json.WriteNumber("shards", header.Shards);
        json.WriteString("optionsHash", header.OptionsHash);
        json.WriteOptions(header.Options);
        json.WriteStartArray("models");
        foreach (var model in header.Models)
        {
            json.WriteStartArray();
            foreach (var part in new[] { model.Id, model.Sha256, model.Licence, model.Limits })
            {
                json.WriteStringValue(part);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteTexts("warnings", header.Warnings);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ManifestEntry entry) => WriteFile(json, Name(entry.Treatment), entry.File, entry.Split);

    public static void Write(Utf8JsonWriter json, LeftOutFile file) => WriteFile(json, Name(file.Reason), file.File, file.Split);

    public static void Write(Utf8JsonWriter json, ManifestTotals totals, string sha256)
    {
        json.WriteStartObject();
        json.WriteNumber("items", totals.Items);
        json.WriteNumber("leftOut", totals.LeftOut);
        json.WriteString("sha256", sha256);
        json.WriteEndObject();
    }

    public static ManifestHeader ReadHeader(JsonElement json) => new(
        Text(json, "command"), Text(json, "dataset"), json.GetProperty("shards").GetInt32(), Text(json, "optionsHash"),
        json.GetProperty("options").EnumerateObject().ToDictionary(option => option.Name, option => option.Value.GetString()!),
        [.. json.GetProperty("models").EnumerateArray().Select(model => new ReportedModel(model[0].GetString()!, model[1].GetString()!, model[2].GetString()!, model[3].GetString()!))],
        [.. json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)])
    {
        Program = Text(json, "veil"),
    };

    /// <summary>True for the line of an item, told by its first letters: a shard looks at all lines, but reads its own only.</summary>
    public static bool IsItem(ReadOnlySpan<byte> line) => line.StartsWith("{\"anonymize\""u8) || line.StartsWith("{\"copy\""u8) || line.StartsWith("{\"labels\""u8);

    public static bool IsLeftOut(ReadOnlySpan<byte> line) => line.StartsWith("{\"left\""u8) || line.StartsWith("{\"unrecognised\""u8);

    public static ManifestEntry ReadEntry(ReadOnlySpan<byte> line, long number)
    {
        var (name, file, split) = ReadFile(line);
        var treatment = name switch
        {
            "anonymize" => ItemTreatment.Anonymize,
            "copy" => ItemTreatment.CopyOriginal,
            "labels" => ItemTreatment.CopyLabels,
            _ => throw new JsonException($"'{name}' is no treatment"),
        };
        return new ManifestEntry(file, treatment, split) { Number = number };
    }

    public static LeftOutFile ReadLeftOut(ReadOnlySpan<byte> line)
    {
        var (name, file, split) = ReadFile(line);
        return new LeftOutFile(file, name == "left" ? LeftOutReason.Split : LeftOutReason.Unrecognised, split);
    }

    private static void WriteFile(Utf8JsonWriter json, string name, string file, string split)
    {
        json.WriteStartObject();
        json.WriteString(name, file);
        if (split.Length > 0)
        {
            json.WriteString("split", split);
        }

        json.WriteEndObject();
    }

    private static (string Name, string File, string Split) ReadFile(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        string name = "", file = "", split = "";
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName)
            {
                var property = json.GetString()!;
                json.Read();
                if (property == "split")
                {
                    split = json.GetString()!;
                }
                else
                {
                    (name, file) = (property, json.GetString()!);
                }
            }
        }

        return (name, file, split);
    }

    private static string Name(ItemTreatment treatment) => treatment switch
    {
        ItemTreatment.Anonymize => "anonymize",
        ItemTreatment.CopyOriginal => "copy",
        ItemTreatment.CopyLabels => "labels",
        _ => throw new ArgumentOutOfRangeException(nameof(treatment), treatment, "Expected a known treatment."),
    };

    private static string Name(LeftOutReason reason) => reason switch
    {
        LeftOutReason.Split => "left",
        LeftOutReason.Unrecognised => "unrecognised",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Expected a known reason."),
    };

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}

/// <summary>Sums over a manifest.</summary>
/// <param name="Items">Files that the run writes.</param>
/// <param name="LeftOut">Files that it does not.</param>
internal readonly record struct ManifestTotals(long Items, long LeftOut);
