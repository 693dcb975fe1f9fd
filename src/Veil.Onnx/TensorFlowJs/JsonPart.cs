using System.Text.Json;
using System.Text.Unicode;
using Veil.Errors;

namespace Veil.Onnx.TensorFlowJs;

/// <summary>A part of a model's JSON that knows where it lies, so that what is wrong with it can be said.</summary>
/// <param name="Where">Place for messages, e.g. <c>model 'x', layer 'conv1'</c>.</param>
/// <param name="Element">The JSON itself; of a document that is never disposed.</param>
internal readonly record struct JsonPart(string Where, JsonElement Element)
{
    /// <summary>Parses a document.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: not JSON.</exception>
    public static JsonPart Parse(string where, ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new VeilException(VeilErrorCode.InvalidModel, $"Expected {where} to be JSON, but it is not UTF-8.");
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            return new JsonPart(where, JsonElement.ParseValue(ref reader));
        }
        catch (JsonException failure)
        {
            throw new VeilException(VeilErrorCode.InvalidModel, $"Expected {where} to be JSON, but it is not: {failure.Message}", innerException: failure);
        }
    }

    /// <summary>A property that must be there.</summary>
    public JsonPart this[string name] => Has(name, out var value) ? value : throw Unexpected(name, "to be there", null);

    /// <summary>A property that may be absent; null counts as absent.</summary>
    public bool Has(string name, out JsonPart value)
    {
        value = default;
        if (Element.ValueKind != JsonValueKind.Object || !Element.TryGetProperty(name, out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        value = new JsonPart(Where, element);
        return true;
    }

    /// <summary>A text property.</summary>
    public string Text(string name) => this[name].ReadText() ?? throw Unexpected(name, "to be text", this[name].Element.GetRawText());

    /// <summary>A truth value.</summary>
    public bool Flag(string name) => this[name].Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Unexpected(name, "to be true or false", this[name].Element.GetRawText()),
    };

    /// <summary>A property that is a number.</summary>
    public float Number(string name) => this[name].Element is { ValueKind: JsonValueKind.Number } value && value.TryGetSingle(out var number) && float.IsFinite(number)
        ? number
        : throw Unexpected(name, "to be a number", this[name].Element.GetRawText());

    /// <summary>The elements of a property that is a list.</summary>
    public IEnumerable<JsonPart> Items(string name) => this[name] is { Element.ValueKind: JsonValueKind.Array } list
        ? list.Items()
        : throw Unexpected(name, "to be a list", this[name].Element.GetRawText());

    /// <summary>The elements of this list.</summary>
    public IEnumerable<JsonPart> Items()
    {
        var where = Where;
        return Element.ValueKind == JsonValueKind.Array
            ? Element.EnumerateArray().Select(element => new JsonPart(where, element))
            : throw Invalid($"expected a list, but received {Excerpt.Of(Element.GetRawText())}");
    }

    /// <summary>A property that is a list of whole numbers, nested lists read in order.</summary>
    /// <param name="name">The property.</param>
    /// <param name="count">How many there must be.</param>
    public int[] Integers(string name, int count)
    {
        var numbers = new List<int>();
        return Collect(this[name].Element, numbers) && numbers.Count == count
            ? [.. numbers]
            : throw Unexpected(name, $"to hold {count} whole number{(count == 1 ? "" : "s")}", this[name].Element.GetRawText());
    }

    /// <summary>This text, e.g. an element of a list.</summary>
    public string AsText() => ReadText() ?? throw Invalid($"expected text, but received {Excerpt.Of(Element.GetRawText())}");

    /// <summary>This whole number; null where it is something else.</summary>
    public int? AsInteger() => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var number) ? number : null;

    /// <summary>What is thrown where a value is not one that can be converted.</summary>
    public VeilException Invalid(string what) => new(VeilErrorCode.InvalidModel, $"{Where}: {what}.");

    private string? ReadText()
    {
        if (Element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return Element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of an escaped surrogate pair is valid JSON, but no text.
            return null;
        }
    }

    private static bool Collect(JsonElement element, List<int> numbers)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().All(item => Collect(item, numbers));
        }

        if (new JsonPart("", element).AsInteger() is not { } number)
        {
            return false;
        }

        numbers.Add(number);
        return true;
    }

    private VeilException Unexpected(string name, string expected, string? received) =>
        Invalid($"expected '{name}' {expected}, but {(received is null ? "it is not" : $"received {Excerpt.Of(received)}")}");
}
