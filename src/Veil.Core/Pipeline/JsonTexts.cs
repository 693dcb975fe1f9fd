using System.Text.Json;

namespace Veil.Pipeline;

/// <summary>Texts as every document of Veil's holds them: lists, and options by name.</summary>
public static class JsonTexts
{
    /// <summary>Writes a property that holds a list of texts.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The property.</param>
    /// <param name="texts">In their order.</param>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(texts);
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the property <c>options</c>: every option in force, by name, so that the same options are the same bytes.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="options">In any order.</param>
    public static void WriteOptions(this Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> options)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(options);
        json.WriteStartObject("options");
        foreach (var (name, value) in options.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }
}
