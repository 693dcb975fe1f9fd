using System.Text.Json.Nodes;

namespace Veil.Studio.Api.OpenApi;

/// <summary>Words of JSON Schema (2020-12).</summary>
internal static class Schemas
{
    /// <summary>A component.</summary>
    public static JsonObject Ref(string name) => new() { ["$ref"] = "#/components/schemas/" + name };

    /// <summary>Any text.</summary>
    public static JsonObject Text() => new() { ["type"] = "string" };

    /// <summary>Text or null.</summary>
    public static JsonObject TextOrNull() => new() { ["type"] = new JsonArray("string", "null") };

    /// <summary>True or false.</summary>
    public static JsonObject Flag() => new() { ["type"] = "boolean" };

    /// <summary>A time as RFC 3339 writes it.</summary>
    public static JsonObject Time() => new() { ["type"] = "string", ["format"] = "date-time" };

    /// <summary>A time, or null.</summary>
    public static JsonObject TimeOrNull() => new() { ["type"] = new JsonArray("string", "null"), ["format"] = "date-time" };

    /// <summary>Bytes.</summary>
    public static JsonObject Binary() => new() { ["type"] = "string", ["format"] = "binary" };

    /// <summary>A whole number, 0 or more.</summary>
    public static JsonObject Count() => Integer(0, null);

    /// <summary>A whole number.</summary>
    public static JsonObject Integer(long? least, long? most) => Ranged("integer", least, most);

    /// <summary>A number.</summary>
    public static JsonObject Number(double? least, double? most) => Ranged("number", least, most);

    /// <summary>A job's id.</summary>
    public static JsonObject JobId() => new() { ["type"] = "string", ["pattern"] = "^[0-9a-hjkmnp-tv-z]{26}$" };

    /// <summary>One of some texts.</summary>
    public static JsonObject OneOf(IEnumerable<string> values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };

    /// <summary>One of the names of an enumeration, in lower case.</summary>
    public static JsonObject OneOf<T>()
        where T : struct, Enum => OneOf(Enum.GetValues<T>().Select(Veil.Regions.RegionJson.NameOf));

    /// <summary>A list.</summary>
    public static JsonObject ArrayOf(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    /// <summary>Any of some schemas.</summary>
    public static JsonObject AnyOf(params IEnumerable<JsonObject> schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };

    /// <summary>An object that has all of these properties, and no others.</summary>
    public static JsonObject Object(params (string Name, JsonObject Schema)[] properties) => Object([.. properties.Select(property => property.Name)], properties);

    /// <summary>An object that has no other properties than these.</summary>
    /// <param name="required">Those that are always there.</param>
    /// <param name="properties">All of them.</param>
    public static JsonObject Object(IReadOnlyList<string> required, params (string Name, JsonObject Schema)[] properties)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (required.Count > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        }

        schema["properties"] = new JsonObject(properties.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)property.Schema)));
        return schema;
    }

    /// <summary>The schema with a description.</summary>
    public static JsonObject Described(this JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    private static JsonObject Ranged(string type, JsonNode? least, JsonNode? most)
    {
        var schema = new JsonObject { ["type"] = type };
        if (least is not null)
        {
            schema["minimum"] = least;
        }

        if (most is not null)
        {
            schema["maximum"] = most;
        }

        return schema;
    }
}
