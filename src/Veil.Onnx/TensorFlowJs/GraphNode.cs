using System.Globalization;
using System.Text;
using System.Text.Json;
using Veil.Errors;

namespace Veil.Onnx.TensorFlowJs;

/// <summary>One node of a TensorFlow graph.</summary>
/// <param name="Operation">What it does, e.g. <c>Conv2D</c>.</param>
/// <param name="Name">Unique in the graph.</param>
/// <param name="Inputs">Names of the nodes whose results it takes.</param>
/// <param name="Json">The node, for its attributes: a protobuf AttrValue written as JSON each, whole numbers and bytes as text.</param>
internal sealed record GraphNode(string Operation, string Name, IReadOnlyList<string> Inputs, JsonPart Json)
{
    /// <summary>Reads a node.</summary>
    /// <param name="json">An entry of the graph's list.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: no name, no operation, or a control input.</exception>
    public static GraphNode Read(JsonPart json)
    {
        var name = json.Text("name");
        json = json with { Where = $"{json.Where}, node '{name}'" };
        var inputs = json.Has("input", out var list) ? list.Items().Select(input => input.AsText()) : [];
        return new GraphNode(json.Text("op"), name, [.. inputs.Select(input => Source(json, input))], json);
    }

    /// <summary>Name of the only result that an input or output names: <c>name:0</c> is <c>name</c>.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: a further result, or no result but an order.</exception>
    public static string Source(JsonPart json, string input)
    {
        var name = input.EndsWith(":0", StringComparison.Ordinal) ? input[..^2] : input;
        return name.Contains(':', StringComparison.Ordinal) || name.StartsWith('^') ? throw json.Invalid($"expected the first result of a node, but received '{input}'") : name;
    }

    /// <summary>Name of an input.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: there are fewer.</exception>
    public string Input(int index) => index < Inputs.Count ? Inputs[index] : throw Json.Invalid($"expected {index + 1} inputs or more, but received {Inputs.Count}");

    /// <summary>A text attribute.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: not there, or not text.</exception>
    public string Text(string attribute)
    {
        var value = Json["attr"][attribute]["s"].Element;
        return value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes) ? Encoding.UTF8.GetString(bytes) : throw Json.Invalid($"expected '{attribute}' to be text");
    }

    /// <summary>A truth value; absent is false, as in protobuf.</summary>
    public bool Flag(string attribute) => Json["attr"].Has(attribute, out var value) && value.Has("b", out var flag) && flag.Element.ValueKind == JsonValueKind.True;

    /// <summary>A list of four whole numbers, one for each dimension of batch × rows × columns × channels, of which only those of rows and columns differ from 1.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: it is not, or one is not from 1 to 4096.</exception>
    public (int Down, int Across) Pair(string attribute) => Json["attr"][attribute]["list"].Items("i").Select(ToInteger).ToArray() is [1, > 0 and <= 4096 and var down, > 0 and <= 4096 and var across, 1]
        ? (down, across)
        : throw Json.Invalid($"expected '{attribute}' to be 1, two numbers from 1 to 4096, and 1");

    /// <summary>The sizes of an input's shape without the batch; an open one is −1.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: there is none.</exception>
    public int[] Shape() => [.. Json["attr"]["shape"]["shape"].Items("dim").Skip(1).Select(size => ToInteger(size["size"]))];

    private int ToInteger(JsonPart part) => part.AsInteger()
        ?? (int.TryParse(part.AsText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Json.Invalid($"expected a whole number, but received '{part.AsText()}'"));
}
