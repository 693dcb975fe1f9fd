using System.Text.Json;
using Veil.Identity;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>Writes an item's result as it stands in the journal and in the run report.</summary>
public static class ItemResultJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, ItemResult result)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(result);
        json.WriteStartObject();
        json.WriteString("file", result.Item.ReportedName);
        json.WriteString("status", Status(result.Status));
        if (result.Info is { } info)
        {
            json.WriteString("format", info.Format);
            json.WriteNumber("width", info.Width);
            json.WriteNumber("height", info.Height);
        }

        ItemErrorJson.Write(json, result.Error is { } error ? error with { Message = result.Item.Redact(error.Message), Hint = result.Item.Redact(error.Hint) } : null);
        if (result.Notes.Count > 0)
        {
            json.WriteTexts("notes", result.Notes);
        }

        if (result.Verification is { } verification)
        {
            json.WritePropertyName("verification");
            OutputVerificationJson.Write(json, verification.ReportedOf(result.Item));
        }

        if (result.Info is { IsMoving: true })
        {
            // The regions of a film are what 'detect' writes; a report of hours would be of no use.
            result.Tally.Write(json);
        }
        else
        {
            WriteFrames(json, result.Frames);
        }

        json.WriteStartObject("milliseconds");
        foreach (var (step, milliseconds) in result.Times)
        {
            json.WriteNumber(step, Math.Round(milliseconds, 2));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Status(ItemStatus status) => status switch
    {
        ItemStatus.Done or ItemStatus.AlreadyDone => "done",
        ItemStatus.Failed => "failed",
        ItemStatus.NotMedia => "not-a-picture",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Expected a known status."),
    };

    private static void WriteFrames(Utf8JsonWriter json, IReadOnlyList<FrameRegions> frames)
    {
        json.WriteStartArray("frames");
        foreach (var frame in frames)
        {
            json.WriteStartObject();
            json.WriteNumber("index", frame.Index);

            // Who is who stays out of what lies among the results.
            RegionJson.WriteAll(json, [.. frame.Regions.Select(region => region with { Person = null })], RegionDetail.Summary);
            if (frame.People is { } people)
            {
                PersonCountsJson.Write(json, people);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
