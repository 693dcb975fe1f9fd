using System.Text.Json;

namespace Veil.Pipeline;

/// <summary>Why an item failed, as JSON: the property <c>error</c> of whatever stands for the item.</summary>
public static class ItemErrorJson
{
    /// <summary>Writes the property; nothing where there is no error.</summary>
    /// <param name="json">Where to, within the item's object.</param>
    /// <param name="error">Null where it did not fail.</param>
    public static void Write(Utf8JsonWriter json, ItemError? error)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (error is null)
        {
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", error.Code);
        json.WriteString("step", error.Step);
        json.WriteString("message", error.Message);
        json.WriteString("hint", error.Hint);
        json.WriteEndObject();
    }

    /// <summary>Reads the property back.</summary>
    /// <param name="item">The item's object.</param>
    /// <returns>Null where it has none.</returns>
    /// <exception cref="KeyNotFoundException">A part of it is missing.</exception>
    /// <exception cref="FormatException">A part of it is null.</exception>
    /// <exception cref="InvalidOperationException">A part of it is no text.</exception>
    public static ItemError? Read(JsonElement item) => item.TryGetProperty("error", out var error)
        ? new ItemError(Text(error, "code"), Text(error, "step"), Text(error, "message"), Text(error, "hint"))
        : null;

    private static string Text(JsonElement error, string name) => error.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is missing");
}
