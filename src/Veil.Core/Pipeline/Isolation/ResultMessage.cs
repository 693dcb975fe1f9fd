using System.Text.Json;
using Veil.Errors;
using Veil.Identity;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Pipeline.Isolation;

/// <summary>
/// A result on its way back. Which item it is about, the parent knows itself; regions are written as in reports, so that a
/// run says the same with and without worker processes.
/// </summary>
internal static class ResultMessage
{
    public static void Write(Utf8JsonWriter json, ItemResult result)
    {
        json.WriteString("status", result.Status.ToString());
        if (result.Info is { } info)
        {
            json.WriteStartObject("info");
            json.WriteString("format", info.Format);
            json.WriteString("extension", info.Extension);
            json.WriteNumber("width", info.Width);
            json.WriteNumber("height", info.Height);
            json.WriteNumber("frames", info.Frames);
            json.WriteBoolean("moving", info.IsMoving);
            json.WriteTexts("notes", info.Notes);
            json.WriteEndObject();
        }

        ItemErrorJson.Write(json, result.Error);
        json.WriteTexts("notes", result.Notes);
        if (result.Verification is { } verification)
        {
            json.WritePropertyName("verification");
            OutputVerificationJson.Write(json, verification);
        }

        json.WriteStartObject("times");
        foreach (var (step, milliseconds) in result.Times)
        {
            json.WriteNumber(step, milliseconds);
        }

        json.WriteEndObject();
        json.WriteStartObject("tally");
        result.Tally.Write(json);
        json.WriteEndObject();
        json.WriteStartArray("frames");
        foreach (var frame in result.Frames)
        {
            json.WriteStartObject();
            json.WriteNumber("index", frame.Index);
            json.WriteNumber("seconds", frame.Timestamp.TotalSeconds);
            RegionJson.WriteAll(json, frame.Regions);
            if (frame.People is { } people)
            {
                PersonCountsJson.Write(json, people);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <exception cref="InvalidDataException">It is no result.</exception>
    public static ItemResult Read(JsonElement message, MediaItem item, string? target)
    {
        try
        {
            var status = Enum.Parse<ItemStatus>(message.GetProperty("status").GetString()!);
            return new ItemResult(item, status == ItemStatus.NotMedia ? null : target, status)
            {
                Info = message.TryGetProperty("info", out var info) ? ReadInfo(info) : null,
                Error = ItemErrorJson.Read(message),
                Notes = ReadTexts(message),
                Verification = message.TryGetProperty("verification", out var verification) ? OutputVerificationJson.Read(verification) : null,
                Times = [.. message.GetProperty("times").EnumerateObject().Select(time => new StepTime(time.Name, time.Value.GetDouble()))],
                Tally = FrameTally.Read(message.GetProperty("tally")),
                Frames = RegionsDocumentReader.ReadFrames(message),
            };
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException or JsonException or VeilException)
        {
            throw new InvalidDataException("Expected a result, but received something else.", error);
        }
    }

    private static MediaInfo ReadInfo(JsonElement info) => new(
        info.GetProperty("format").GetString()!, info.GetProperty("extension").GetString()!,
        info.GetProperty("width").GetInt32(), info.GetProperty("height").GetInt32(), info.GetProperty("frames").GetInt32())
    {
        IsMoving = info.GetProperty("moving").GetBoolean(),
        Notes = ReadTexts(info),
    };

    private static List<string> ReadTexts(JsonElement element) => [.. element.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!)];
}
