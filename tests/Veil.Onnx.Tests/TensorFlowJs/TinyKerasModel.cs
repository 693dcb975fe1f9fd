using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;
using Veil.Onnx.Inference;
using Veil.Onnx.TensorFlowJs;

namespace Veil.Onnx.Tests.TensorFlowJs;

/// <summary>A Keras model of a few layers, written as TensorFlow.js would, that can be spoilt before it is read.</summary>
internal sealed class TinyKerasModel
{
    private readonly JsonArray _layers = [];
    private readonly JsonArray _weights = [];
    private readonly List<byte> _shard = [];
    private readonly (int Rows, int Columns, int Channels) _size;
    private string _last = "input";

    public TinyKerasModel(int rows, int columns, int channels)
    {
        _size = (rows, columns, channels);
        _layers.Add(JsonNode.Parse($$"""{"name":"input","class_name":"InputLayer","config":{"batch_input_shape":[null,{{rows}},{{columns}},{{channels}}]},"inbound_nodes":[]}"""));
    }

    /// <summary>Changes model.json before it is read.</summary>
    public Action<JsonNode> Spoil { get; set; } = _ => { };

    /// <summary>Where the shard is cut in two; by default after its first byte, amid a value.</summary>
    public int Cut { get; set; } = 1;

    /// <summary>Changes the number of bytes of the second shard.</summary>
    public int Trailing { get; set; }

    /// <summary>Adds a layer after the last one, or after others.</summary>
    public TinyKerasModel Layer(string kind, string name, string settings, params string[] after)
    {
        var inputs = new JsonArray([.. (after.Length == 0 ? [_last] : after).Select(input => (JsonNode)new JsonArray(input, 0, 0, new JsonObject()))]);
        _layers.Add(new JsonObject { ["name"] = name, ["class_name"] = kind, ["config"] = JsonNode.Parse($"{{{settings}}}"), ["inbound_nodes"] = new JsonArray(inputs) });
        _last = name;
        return this;
    }

    /// <summary>Adds weights.</summary>
    public TinyKerasModel Weight(string name, int[] shape, params float[] values)
    {
        _weights.Add(new JsonObject { ["name"] = name, ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]), ["dtype"] = "float32" });
        _shard.AddRange(MemoryMarshal.AsBytes<float>(values));
        return this;
    }

    public TensorFlowJsModel Read() => TensorFlowJsModel.Read("tiny", TensorFlowJsModel.Layers, Files());

    /// <summary>The model's files.</summary>
    public Dictionary<string, byte[]> Files()
    {
        var json = new JsonObject
        {
            ["format"] = "layers-model",
            ["modelTopology"] = new JsonObject
            {
                ["model_config"] = new JsonObject { ["class_name"] = "Model", ["config"] = new JsonObject { ["layers"] = _layers.DeepClone() } },
            },
            ["weightsManifest"] = new JsonArray(new JsonObject { ["paths"] = new JsonArray("1.bin", "2.bin"), ["weights"] = _weights.DeepClone() }),
        };
        Spoil(json);
        var shard = _shard.ToArray();
        var cut = Math.Min(Cut, shard.Length);
        var second = shard[cut..];
        Array.Resize(ref second, second.Length + Trailing);
        return new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["model.json"] = Encoding.UTF8.GetBytes(json.ToJsonString()),
            ["1.bin"] = shard[..cut],
            ["2.bin"] = second,
        };
    }

    public byte[] Convert() => KerasConverter.ToOnnx(Read(), [_last]);

    /// <summary>Reads, converts and runs the model.</summary>
    /// <param name="input">Planes of rows, channel by channel.</param>
    /// <returns>What the last layer gives, likewise.</returns>
    public float[] Run(params float[] input)
    {
        using var session = OnnxModel.Open("tiny", Convert(), threads: 1);
        using var options = new RunOptions();
        using var value = OrtValue.CreateTensorValueFromMemory(input, [1, _size.Channels, _size.Rows, _size.Columns]);
        using var results = session.Run(options, [session.InputNames[0]], [value], [_last]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
