using System.Text.Json;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Studio.Projects;

/// <summary>
/// The regions of an item as a regions document (<c>docs/regions.md</c>) of one entry, each frame with two lists beside its regions: their ids, and
/// whether they are covered. Whoever reads it as a plain regions document covers everything.
/// </summary>
internal static class ReviewedItemDocument
{
    /// <summary>Writes regions.</summary>
    public static void Write(Stream target, ReviewedItem item)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteString("format", RegionsDocumentReader.Format);
        json.WriteNumber("version", RegionsDocumentWriter.Version);
        json.WriteStartArray("items");
        json.WriteStartObject();
        json.WriteString("file", "item");
        json.WriteNumber("width", item.Width);
        json.WriteNumber("height", item.Height);
        json.WriteStartArray("frames");
        foreach (var frame in item.Frames)
        {
            WriteFrame(json, frame);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads regions.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidRegions"/>: the file is damaged.</exception>
    public static ReviewedItem Read(Stream source)
    {
        try
        {
            using var document = JsonDocument.Parse(source);
            var root = document.RootElement.GetProperty("items")[0];
            var frames = RegionsDocumentReader.ReadFrames(root);
            var extras = root.GetProperty("frames").EnumerateArray().Select(ReadExtras).ToList();
            return new ReviewedItem(root.GetProperty("width").GetInt32(), root.GetProperty("height").GetInt32(), [.. frames.Zip(extras, Join)]);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new VeilException(VeilErrorCode.InvalidRegions, "What was found in this file was kept, but cannot be read any more: " + error.Message, "Find again; edits of this file are lost.", error);
        }
    }

    private static void WriteFrame(Utf8JsonWriter json, ReviewedFrame frame)
    {
        json.WriteStartObject();
        json.WriteNumber("index", frame.Index);
        json.WriteNumber("seconds", (decimal)frame.Time.TotalSeconds);
        RegionJson.WriteAll(json, [.. frame.Regions.Select(region => region.Region)]);
        json.WriteStartArray("ids");
        foreach (var region in frame.Regions)
        {
            json.WriteNumberValue(region.Id);
        }

        json.WriteEndArray();
        json.WriteTexts("cover", frame.Regions.Select(region => RegionJson.NameOf(region.Cover)));
        json.WriteEndObject();
    }

    private static (int[] Ids, CoverChoice[] Choices) ReadExtras(JsonElement frame) => (
        [.. frame.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())],
        [.. frame.GetProperty("cover").EnumerateArray().Select(ReadChoice)]);

    // What is not understood is an error, never clear.
    private static CoverChoice ReadChoice(JsonElement choice) =>
        Enum.TryParse<CoverChoice>(choice.GetString(), ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : throw new FormatException($"'{choice}' says neither covered nor clear");

    private static ReviewedFrame Join(FrameRegions frame, (int[] Ids, CoverChoice[] Choices) extras) =>
        frame.Regions.Count == extras.Ids.Length && frame.Regions.Count == extras.Choices.Length
            ? new ReviewedFrame(frame.Index, frame.Timestamp, [.. frame.Regions.Select((region, index) => new ReviewedRegion(extras.Ids[index], region, extras.Choices[index]))])
            : throw new FormatException("there are not as many ids as regions");
}
