using System.Text.Json;
using Veil.Errors;
using Veil.Regions;

namespace Veil;

/// <summary>A value in a JSON document, which knows where it stands.</summary>
/// <param name="Element">The value.</param>
/// <param name="Path">Where, e.g. <c>$.find[0].method</c>.</param>
internal readonly record struct JsonPlace(JsonElement Element, string Path)
{
    /// <summary>Refuses properties that nobody knows.</summary>
    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        RequireObject();
        foreach (var property in Element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"{Path}.{property.Name} is not known.", $"Known: {string.Join(", ", names.ToArray())}");
            }
        }
    }

    /// <summary>A property; null where it is absent or null.</summary>
    public JsonPlace? Find(string name)
    {
        RequireObject();
        return Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? new JsonPlace(value, $"{Path}.{name}") : null;
    }

    /// <summary>A property that must be there.</summary>
    public JsonPlace Require(string name) => Find(name) ?? throw new VeilException(VeilErrorCode.InvalidOption, $"{Path}.{name} is missing.");

    /// <summary>The items of an array.</summary>
    public IEnumerable<JsonPlace> Items()
    {
        var path = Path;
        return Element.ValueKind == JsonValueKind.Array
            ? Element.EnumerateArray().Select((item, index) => new JsonPlace(item, $"{path}[{index}]"))
            : throw Wrong("an array", Element.ValueKind.ToString());
    }

    /// <summary>A string.</summary>
    public string Text() => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : throw Wrong("a string", Element.GetRawText());

    /// <summary>A whole number.</summary>
    public int Int() => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var value) ? value : throw Wrong("a whole number", Element.GetRawText());

    /// <summary>A finite number.</summary>
    public float Float() => Element.ValueKind == JsonValueKind.Number && Element.TryGetSingle(out var value) && float.IsFinite(value) ? value : throw Wrong("a number", Element.GetRawText());

    /// <summary>A value of an enumeration, by its name in any case.</summary>
    public T Enum<T>()
        where T : struct, Enum
    {
        var text = Text();
        foreach (var value in System.Enum.GetValues<T>())
        {
            if (RegionJson.NameOf(value).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw Wrong("one of " + string.Join(", ", System.Enum.GetValues<T>().Select(RegionJson.NameOf)), $"'{text}'");
    }

    /// <summary>What to throw where something else was expected.</summary>
    public VeilException Wrong(string expected, string received) =>
        new(VeilErrorCode.InvalidOption, $"{Path}: expected {expected}, but received {Excerpt.Of(received, 60)}.");

    private void RequireObject()
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("an object", Element.ValueKind.ToString());
        }
    }
}
