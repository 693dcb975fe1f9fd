using Veil.Errors;

namespace Veil.Onnx.TensorFlowJs;

/// <summary>
/// A TensorFlow.js model in memory: its graph as JSON and its weights. The format is that of
/// <see href="https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts">tfjs-core's ModelJSON</see>:
/// <c>model.json</c> holds <c>modelTopology</c> and a <c>weightsManifest</c>, whose groups name shards of raw little-endian
/// tensors, one after the other. Immutable.
/// </summary>
internal sealed class TensorFlowJsModel
{
    /// <summary>Format of a Keras model.</summary>
    public const string Layers = "layers-model";

    /// <summary>Format of a TensorFlow graph.</summary>
    public const string Graph = "graph-model";

    private TensorFlowJsModel(string name, JsonPart topology, IReadOnlyDictionary<string, WeightTensor> weights)
    {
        (Name, Topology, Weights) = (name, topology, weights);
    }

    /// <summary>Name for messages.</summary>
    public string Name { get; }

    /// <summary>The graph.</summary>
    public JsonPart Topology { get; }

    /// <summary>All tensors by name.</summary>
    public IReadOnlyDictionary<string, WeightTensor> Weights { get; }

    /// <summary>Reads a model.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="format"><see cref="Layers"/> or <see cref="Graph"/>.</param>
    /// <param name="files">The bytes of model.json and of all shards, by file name.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: another format, a shard is missing or too short or long, or a tensor is quantised.</exception>
    public static TensorFlowJsModel Read(string name, string format, IReadOnlyDictionary<string, byte[]> files)
    {
        var root = JsonPart.Parse($"Model '{name}'", File($"Model '{name}'", "model.json", files));
        if (root.Text("format") != format)
        {
            throw root.Invalid($"expected the format {format}, but received {root.Text("format")}");
        }

        var weights = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        foreach (var group in root.Items("weightsManifest"))
        {
            ReadGroup(group, files, weights);
        }

        return new TensorFlowJsModel(name, root["modelTopology"], weights);
    }

    /// <summary>A tensor that must be there.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: it is not.</exception>
    public WeightTensor Weight(string name) =>
        Weights.TryGetValue(name, out var tensor) ? tensor : throw Topology.Invalid($"expected a tensor '{name}' among its {Weights.Count} weights, but there is none");

    private static void ReadGroup(JsonPart group, IReadOnlyDictionary<string, byte[]> files, Dictionary<string, WeightTensor> weights)
    {
        var shards = new ShardReader(group.Where, [.. group.Items("paths").Select(path => File(group.Where, path.AsText(), files))]);
        foreach (var entry in group.Items("weights"))
        {
            var tensor = ReadTensor(entry with { Where = $"{group.Where}, tensor '{entry.Text("name")}'" }, shards);
            if (!weights.TryAdd(tensor.Name, tensor))
            {
                throw group.Invalid($"expected one tensor '{tensor.Name}', but received two");
            }
        }

        if (shards.Remaining != 0)
        {
            throw group.Invalid($"expected the shards to end with the last tensor, but {shards.Remaining} bytes are left over");
        }
    }

    private static WeightTensor ReadTensor(JsonPart entry, ShardReader shards)
    {
        if (entry.Has("quantization", out _))
        {
            throw entry.Invalid("expected plain values, but it is quantised, which this reader does not undo");
        }

        var type = entry.Text("dtype") switch
        {
            "float32" => WeightType.Float32,
            "int32" => WeightType.Int32,
            var other => throw entry.Invalid($"expected the type float32 or int32, but received {other}"),
        };
        var shape = entry.Integers("shape", entry.Items("shape").Count());
        var values = 1L;
        foreach (var size in shape)
        {
            if (size < 0 || (values *= size) > int.MaxValue)
            {
                throw entry.Invalid($"expected a shape of at most {int.MaxValue} values, but received [{string.Join(", ", shape)}]");
            }
        }

        return new WeightTensor(entry.Text("name"), shape, type, shards.Read(values * sizeof(float), $"tensor '{entry.Text("name")}' [{string.Join(", ", shape)}]"));
    }

    private static byte[] File(string where, string name, IReadOnlyDictionary<string, byte[]> files) =>
        files.TryGetValue(name, out var bytes) ? bytes : throw new VeilException(
            VeilErrorCode.InvalidModel, $"{where}: expected a file {name}, but received {string.Join(", ", files.Keys.Order(StringComparer.Ordinal))}.");
}
