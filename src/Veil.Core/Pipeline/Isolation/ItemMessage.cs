using System.Text.Json;

namespace Veil.Pipeline.Isolation;

/// <summary>An item on its way to a worker.</summary>
internal static class ItemMessage
{
    public static void Write(Utf8JsonWriter json, MediaItem item, string? target)
    {
        json.WriteString("path", item.Path);
        json.WriteString("name", item.Name);
        json.WriteString("origin", item.Origin.ToString());
        json.WriteString("target", target);
    }

    public static PlannedItem Read(JsonElement message) => new(
        new MediaItem(message.GetProperty("path").GetString()!, message.GetProperty("name").GetString()!, Enum.Parse<MediaItemOrigin>(message.GetProperty("origin").GetString()!)),
        message.GetProperty("target").GetString());
}
