using System.Text.Json;
using Veil.Errors;

namespace Veil.Datasets.Reading;

/// <summary>Fields of JSON objects with errors that name them. All throw <see cref="FormatException"/>.</summary>
internal static class JsonFields
{
    public static JsonElement Need(this JsonElement element, string name)
    {
        NeedObject(element);
        return element.TryGetProperty(name, out var value) ? value : throw new FormatException($"Expected \"{name}\", but there is none.");
    }

    public static JsonElement? Find(this JsonElement element, string name)
    {
        NeedObject(element);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public static double Number(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"Expected a number in \"{name}\", but received {Words(value)}.");

    public static long Whole(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : throw new FormatException($"Expected a whole number in \"{name}\", but received {Words(value)}.");

    public static string Text(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"Expected text in \"{name}\", but received {Words(value)}.");

    public static bool Flag(this JsonElement? value, string name) => value switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Number } number => number.Number(name) != 0,
        { } other => throw new FormatException($"Expected 0, 1, true or false in \"{name}\", but received {Words(other)}."),
    };

    public static int Side(this JsonElement value, string name)
    {
        // Some tools write sizes as 640.0.
        var number = value.Number(name);
        return number is >= 1 and <= 1 << 24 && Math.Floor(number) == number
            ? (int)number
            : throw new FormatException($"Expected a size in pixels in \"{name}\", but received {Words(value)}.");
    }

    public static double[] Numbers(this JsonElement value, string name)
    {
        var numbers = new double[value.Items(name)];
        var i = 0;
        foreach (var item in value.EnumerateArray())
        {
            numbers[i++] = item.Number(name);
        }

        return numbers;
    }

    /// <summary>Number of items of what has to be a list.</summary>
    public static int Items(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : throw new FormatException($"Expected a list in \"{name}\", but received {Words(value)}.");

    /// <summary>A value in few words.</summary>
    public static string Words(JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value.ValueKind == JsonValueKind.Array ? "a list" : "an object" : value.GetRawText();
        return Excerpt.Of(text, 60);
    }

    private static void NeedObject(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"Expected an object, but received {Words(element)}.");
        }
    }
}
