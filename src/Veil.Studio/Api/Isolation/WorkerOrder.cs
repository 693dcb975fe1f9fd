using System.Text;
using System.Text.Json;
using Veil.Imaging;
using Veil.Regions;
using Veil.Studio.Api.Work;

namespace Veil.Studio.Api.Isolation;

/// <summary>What a worker is told beside an item: what to do with it, after which settings, within which limits.</summary>
internal static class WorkerOrder
{
    /// <summary>Writes an order.</summary>
    public static string Write(AssignedWork work, AnonymizerSettings settings)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("work", RegionJson.NameOf(work));
            json.WriteNumber("maxPixels", settings.Limits.MaxPixels);
            json.WriteNumber("maxDimension", settings.Limits.MaxDimension);
            json.WriteNumber("maxFrames", settings.Limits.MaxFrames);
            json.WriteNumber("maxFileBytes", settings.Limits.MaxFileBytes);
            json.WritePropertyName("settings");
            AnonymizerSettingsJson.Write(json, settings);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Reads an order of this program's own writing.</summary>
    /// <exception cref="Veil.Errors.VeilException">It is another's.</exception>
    public static (AssignedWork Work, AnonymizerSettings Settings) Read(string order)
    {
        using var document = JsonDocument.Parse(order);
        var root = document.RootElement;
        var limits = new PictureLimits
        {
            MaxPixels = root.GetProperty("maxPixels").GetInt64(),
            MaxDimension = root.GetProperty("maxDimension").GetInt32(),
            MaxFrames = root.GetProperty("maxFrames").GetInt32(),
            MaxFileBytes = root.GetProperty("maxFileBytes").GetInt64(),
        };
        return (new JsonPlace(root, "$").Require("work").Enum<AssignedWork>(), ApiSettings.Read(root.GetProperty("settings"), limits));
    }
}
