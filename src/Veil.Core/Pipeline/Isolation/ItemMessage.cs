using System.Text.Json;

namespace Veil.Pipeline.Isolation;

/// <summary>An item on its way to a worker, with what its parent has to say beside it.</summary>
internal static class ItemMessage
{
    public static void Write(Utf8JsonWriter json, MediaItem item, string? target, string? order)
    {
        json.WriteString("path", item.Path);
        json.WriteString("name", item.Name);
        json.WriteString("origin", item.Origin.ToString());
        json.WriteString("target", target);
        json.WriteString("order", order);
    }

    public static (PlannedItem Planned, string? Order) Read(JsonElement message) => (
        new PlannedItem(
            new MediaItem(message.GetProperty("path").GetString()!, message.GetProperty("name").GetString()!, Enum.Parse<MediaItemOrigin>(message.GetProperty("origin").GetString()!)),
            message.GetProperty("target").GetString()),
        message.GetProperty("order").GetString());
}
