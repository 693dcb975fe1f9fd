using System.Security.Cryptography;
using System.Text.Json;
using Veil.Pipeline;

namespace Veil.Evaluation.Reports.Files;

/// <summary>
/// A report for programs: everything that it says, at full precision, beside the evaluation's own record. Pictures are named by
/// their hashes; numbers that JSON lacks are the strings <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.
/// </summary>
internal static class JsonReport
{
    /// <summary>Version of the format.</summary>
    public const int Version = 1;

    /// <summary>Writes the report.</summary>
    public static void Write(Report report, JsonElement data, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "veil-evaluation");
        json.WriteNumber("version", Version);
        json.WriteString("veil", Provenance.Version);
        json.WriteString("title", report.Title);
        json.WriteTexts("warnings", report.Warnings);
        json.WriteTexts("summary", report.Summary);
        json.WriteStartArray("sections");
        foreach (var section in report.Sections)
        {
            json.WriteStartObject();
            json.WriteString("title", section.Title);
            json.WriteStartArray("blocks");
            foreach (var block in section.Blocks)
            {
                WriteBlock(json, block);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("data");
        if (data.ValueKind == JsonValueKind.Undefined)
        {
            json.WriteNullValue();
        }
        else
        {
            data.WriteTo(json);
        }

        WriteProvenance(json, report.Provenance);
        json.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter json, ReportBlock block)
    {
        switch (block)
        {
            case ReportChart chart:
                ChartJson.Write(json, chart);
                return;
            case ReportTable table:
                WriteTable(json, table);
                return;
            default:
                break;
        }

        json.WriteStartObject();
        switch (block)
        {
            case ReportText text:
                json.WriteString("kind", "text");
                json.WriteString("text", text.Text);
                break;
            case ReportCode code:
                json.WriteString("kind", "code");
                json.WriteString("text", code.Text);
                break;
            case ReportPictures pictures:
                json.WriteString("kind", "pictures");
                json.WriteString("caption", pictures.Caption);
                json.WriteStartArray("pictures");
                foreach (var picture in pictures.Pictures)
                {
                    json.WriteStartObject();
                    json.WriteString("caption", picture.Caption);
                    json.WriteString("mediaType", picture.MediaType);
                    json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(picture.Encoded.Span)));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block, "Expected a known kind of block.");
        }

        json.WriteEndObject();
    }

    private static void WriteTable(Utf8JsonWriter json, ReportTable table)
    {
        json.WriteStartObject();
        json.WriteString("kind", "table");
        json.WriteString("id", table.Id);
        json.WriteString("caption", table.Caption);
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("format", JsonNames.Of(column.Format));
            json.WriteString("explanation", column.Explanation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            json.WriteStartArray();
            foreach (var cell in row)
            {
                WriteCell(json, cell);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCell(Utf8JsonWriter json, ReportCell cell)
    {
        json.WriteStartObject();
        if (cell.Text is not null)
        {
            json.WriteString("text", cell.Text);
        }

        JsonNames.WriteNumber(json, "value", cell.Value);
        JsonNames.WriteNumber(json, "margin", cell.Margin);
        if (cell.Tone != ReportTone.Plain)
        {
            json.WriteString("tone", JsonNames.Of(cell.Tone));
        }

        json.WriteEndObject();
    }

    private static void WriteProvenance(Utf8JsonWriter json, Provenance provenance)
    {
        json.WriteStartObject("provenance");
        json.WriteString("command", provenance.Command);
        json.WriteString("started", provenance.Started);
        json.WriteNumber("seconds", Math.Round(provenance.Elapsed.TotalSeconds, 2));
        json.WriteOptions(provenance.Options);
        json.WriteStartArray("inputs");
        foreach (var input in provenance.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("path", input.Path);
            json.WriteNumber("files", input.Files);
            json.WriteString("sha256", input.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        ReportedModel.WriteAll(json, provenance.Models);
        json.WriteStartObject("machine");
        json.WriteString("processor", provenance.Machine.Processor);
        json.WriteNumber("cores", provenance.Machine.Cores);
        json.WriteNumber("memoryBytes", provenance.Machine.MemoryBytes);
        json.WriteString("system", provenance.Machine.System);
        json.WriteString("runtime", provenance.Machine.Runtime);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
