using System.Text.Json;
using Veil.Identity;

namespace Veil.Pipeline;

/// <summary>What a run report says beside the items.</summary>
/// <param name="Command">The command, e.g. <c>anonymize</c>.</param>
/// <param name="Options">Every option in force, by name.</param>
/// <param name="Models">The models used.</param>
/// <param name="Warnings">What the user was warned of.</param>
/// <param name="Started">When.</param>
/// <param name="Elapsed">How long.</param>
public sealed record RunHeader(
    string Command, IReadOnlyDictionary<string, string> Options, IReadOnlyList<ReportedModel> Models, IReadOnlyList<string> Warnings,
    DateTimeOffset Started, TimeSpan Elapsed);

/// <summary>Writes the JSON report of a run: header, counts, and every item with its regions and timings.</summary>
public static class RunReport
{
    /// <summary>Version of the format.</summary>
    public const int Version = 1;

    /// <summary>Writes the report, item by item.</summary>
    public static void Write(Stream stream, RunHeader header, RunCounts counts, RunJournal journal)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(journal);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "veil-report");
        json.WriteNumber("version", Version);
        json.WriteString("veil", typeof(RunReport).Assembly.GetName().Version?.ToString(3));
        json.WriteString("command", header.Command);
        json.WriteString("started", header.Started);
        json.WriteNumber("seconds", Math.Round(header.Elapsed.TotalSeconds, 2));
        json.WriteOptions(header.Options);
        ReportedModel.WriteAll(json, header.Models);
        json.WriteTexts("warnings", header.Warnings);
        json.WriteStartObject("counts");
        json.WriteNumber("done", counts.Done);
        json.WriteNumber("films", counts.Films);
        json.WriteNumber("filmFrames", counts.FilmFrames);
        json.WriteNumber("alreadyDone", counts.AlreadyDone);
        json.WriteNumber("failed", counts.Failed);
        json.WriteNumber("notPictures", counts.NotMedia);
        json.WriteNumber("regions", counts.Regions);
        json.WriteNumber("withoutRegions", counts.WithoutRegions);
        if (counts.People != default)
        {
            PersonCountsJson.Write(json, counts.People);
        }

        json.WriteEndObject();
        json.WriteStartArray("items");
        foreach (var result in journal.Results())
        {
            using (result)
            {
                result.RootElement.GetProperty("result").WriteTo(json);
            }

            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
