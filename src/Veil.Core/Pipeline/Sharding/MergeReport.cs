using System.Text.Json;

namespace Veil.Pipeline.Sharding;

/// <summary>Writes the report of a closed run. It holds no times: the same run gives the same bytes.</summary>
internal static class MergeReport
{
    public const int Version = 1;

    public static void Write(
        Stream stream, RunManifest manifest, MergedRun run, string checksums, IEnumerable<(string File, string Split, JsonElement Error)> failures, CancellationToken cancellationToken)
    {
        var header = manifest.Header;
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "veil-dataset-report");
        json.WriteNumber("version", Version);
        json.WriteString("veil", header.Program);
        json.WriteString("command", header.Command);
        json.WriteString("dataset", header.Dataset);
        json.WriteOptions(header.Options);
        ReportedModel.WriteAll(json, header.Models);
        json.WriteTexts("warnings", header.Warnings);
        WriteCounts(json, run);
        json.WriteTexts("originals", run.Splits.Where(split => split.Value.Originals > 0).Select(split => split.Key));
        WriteSplits(json, run);
        json.WriteString("checksums", checksums);
        json.WriteStartArray("failures");
        foreach (var (file, split, error) in failures)
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteString("split", split);
            json.WritePropertyName("error");
            error.WriteTo(json);
            json.WriteEndObject();
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteStartArray("notInOutput");
        foreach (var file in manifest.LeftOut > 0 ? manifest.LeftOutFiles().Where(file => file.Reason == LeftOutReason.Unrecognised) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            json.WriteStringValue(file.File);
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, MergedRun run)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("anonymized", run.Anonymized);
        json.WriteNumber("originals", run.Originals);
        json.WriteNumber("labels", run.Labels);
        json.WriteNumber("failed", run.Failed);
        json.WriteNumber("unrecognised", run.Unrecognised);
        json.WriteEndObject();
    }

    private static void WriteSplits(Utf8JsonWriter json, MergedRun run)
    {
        json.WriteStartArray("splits");
        foreach (var (name, counts) in run.Splits)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("anonymized", counts.Anonymized);
            json.WriteNumber("originals", counts.Originals);
            json.WriteNumber("failed", counts.Failed);
            json.WriteNumber("leftOut", counts.LeftOut);
            json.WriteNumber("regions", counts.Regions);
            json.WriteNumber("withoutRegions", counts.WithoutRegions);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
