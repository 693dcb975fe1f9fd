using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;
using Veil.Onnx.Inference;
using Veil.Onnx.TensorFlowJs;

namespace Veil.Onnx.Tests.TensorFlowJs;

/// <summary>A TensorFlow graph of a few nodes, written as TensorFlow.js would, that can be spoilt before it is read.</summary>
internal sealed class TinyGraphModel
{
    private readonly JsonArray _nodes = [];
    private readonly JsonArray _weights = [];
    private readonly List<byte> _shard = [];
    private readonly int[] _input;
    private string _last = "input";

    /// <param name="input">Sizes of the input without the batch: features, or rows, columns and channels.</param>
    public TinyGraphModel(params int[] input)
    {
        _input = input;
        var sizes = new JsonArray([new JsonObject { ["size"] = "-1" }, .. input.Select(size => (JsonNode)new JsonObject { ["size"] = $"{size}" })]);
        Add("Placeholder", "input", [], new JsonObject { ["shape"] = new JsonObject { ["shape"] = new JsonObject { ["dim"] = sizes } } });
    }

    /// <summary>Changes model.json before it is read.</summary>
    public Action<JsonNode> Spoil { get; set; } = _ => { };

    /// <summary>Adds a node that takes the given ones.</summary>
    public TinyGraphModel Node(string operation, string name, string[] inputs, string attributes = "{}")
    {
        Add(operation, name, inputs, JsonNode.Parse(attributes)!);
        _last = name;
        return this;
    }

    /// <summary>Adds a constant of floats.</summary>
    public TinyGraphModel Constant(string name, int[] shape, params float[] values) => Constant(name, shape, "float32", MemoryMarshal.AsBytes<float>(values));

    /// <summary>Adds a constant of whole numbers.</summary>
    public TinyGraphModel Constant(string name, int[] shape, int[] values) => Constant(name, shape, "int32", MemoryMarshal.AsBytes<int>(values));

    public byte[] Convert() => Convert(Files());

    /// <summary>Reads and converts files that were this model's.</summary>
    public byte[] Convert(Dictionary<string, byte[]> files) => GraphConverter.ToOnnx(TensorFlowJsModel.Read("tiny", TensorFlowJsModel.Graph, files), _last, "result");

    /// <summary>The model's files.</summary>
    public Dictionary<string, byte[]> Files()
    {
        var json = new JsonObject
        {
            ["format"] = "graph-model",
            ["modelTopology"] = new JsonObject { ["node"] = _nodes.DeepClone() },
            ["weightsManifest"] = new JsonArray(new JsonObject { ["paths"] = new JsonArray("1.bin"), ["weights"] = _weights.DeepClone() }),
        };
        Spoil(json);
        return new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["model.json"] = Encoding.UTF8.GetBytes(json.ToJsonString()),
            ["1.bin"] = [.. _shard],
        };
    }

    /// <summary>Reads, converts and runs the model on a batch of one.</summary>
    /// <param name="input">Features, or planes of rows, channel by channel.</param>
    /// <returns>What the last node gives, likewise.</returns>
    public float[] Run(params float[] input)
    {
        using var session = OnnxModel.Open("tiny", Convert(), threads: 1);
        using var options = new RunOptions();
        long[] shape = _input is [var rows, var columns, var channels] ? [1, channels, rows, columns] : [1, _input[0]];
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var results = session.Run(options, ["input"], [value], ["result"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private TinyGraphModel Constant(string name, int[] shape, string type, ReadOnlySpan<byte> bytes)
    {
        Add("Const", name, [], new JsonObject());
        _weights.Add(new JsonObject { ["name"] = name, ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]), ["dtype"] = type });
        _shard.AddRange(bytes);
        return this;
    }

    private void Add(string operation, string name, string[] inputs, JsonNode attributes) => _nodes.Add(new JsonObject
    {
        ["name"] = name, ["op"] = operation, ["input"] = new JsonArray([.. inputs.Select(input => (JsonNode)input)]), ["attr"] = attributes,
    });
}
