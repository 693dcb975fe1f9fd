using Veil.Errors;
using Veil.Onnx.Inference;

namespace Veil.Onnx.TensorFlowJs;

/// <summary>
/// Turns a TensorFlow graph into ONNX: node by node, pictures become channels × rows × columns. It knows the operations that a
/// progressive GAN needs, as far as it needs them, and refuses others by name. Not thread-safe.
/// </summary>
internal sealed class GraphConverter
{
    private readonly TensorFlowJsModel _model;
    private readonly OnnxGraphBuilder _graph;
    private readonly Dictionary<string, LayerValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphNode> _tiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<GraphNode, LayerValue>> _operations;

    private GraphConverter(TensorFlowJsModel model)
    {
        _model = model;
        _graph = new OnnxGraphBuilder(model.Name);
        _operations = new(StringComparer.Ordinal)
        {
            ["Placeholder"] = Placeholder,
            ["Add"] = node => Elementwise("Add", node),
            ["Mul"] = node => Elementwise("Mul", node),
            ["Maximum"] = node => Elementwise("Max", node),
            ["Minimum"] = node => Elementwise("Min", node),
            ["Square"] = Square,
            ["Rsqrt"] = ReciprocalRoot,
            ["Mean"] = Mean,
            ["Reshape"] = Reshape,
            ["Pad"] = Pad,
            ["Conv2D"] = Convolution,
            ["BatchToSpaceND"] = Enlarge,
        };
    }

    /// <summary>Converts a model.</summary>
    /// <param name="model">A graph model, whose nodes come after what they take.</param>
    /// <param name="node">The node whose result the ONNX model gives.</param>
    /// <param name="output">Under this name.</param>
    /// <returns>An ONNX file.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: an operation is unknown or its settings are, or shapes do not fit.</exception>
    public static byte[] ToOnnx(TensorFlowJsModel model, string node, string output) => new GraphConverter(model).Convert(node, output);

    private byte[] Convert(string last, string output)
    {
        foreach (var node in _model.Topology.Items("node").Select(GraphNode.Read))
        {
            if (node.Operation == "Const")
            {
                _ = _model.Weight(node.Name);
            }
            else if (node.Operation == "Tile")
            {
                _tiles[node.Name] = node;
            }
            else
            {
                var convert = _operations.GetValueOrDefault(node.Operation)
                    ?? throw node.Json.Invalid($"expected one of the operations {string.Join(", ", _operations.Keys)}, Const, Tile, but received {node.Operation}");
                if (!_values.TryAdd(node.Name, convert(node)))
                {
                    throw node.Json.Invalid("expected one node of this name, but received two");
                }
            }
        }

        var value = Value(_model.Topology, last);
        _graph.Output(_graph.Node("Identity", output, [value.Name]), value.Shape);
        return _graph.ToModel();
    }

    private LayerValue Value(JsonPart where, string node) => _values.GetValueOrDefault(node) ?? throw where.Invalid(
        _tiles.ContainsKey(node) ? $"expected what '{node}' repeats to be taken by BatchToSpaceND only" : $"expected a node '{node}' before it, but there is none");

    private LayerValue Value(GraphNode node, int input) => Value(node.Json, node.Input(input));

    private LayerValue Picture(GraphNode node, int input) =>
        Value(node, input) is { IsPicture: true } picture ? picture : throw node.Json.Invalid($"expected pictures, but received {Value(node, input)}");

    private int[] Constant(GraphNode node, int input) => _model.Weight(node.Input(input)).Integers.ToArray();

    private LayerValue Placeholder(GraphNode node)
    {
        IReadOnlyList<int> shape = node.Shape() switch
        {
            [> 0 and <= 65536 and var features] => [features],
            [> 0 and <= 4096 and var rows, > 0 and <= 4096 and var columns, > 0 and <= 4096 and var channels] => [channels, rows, columns],
            var other => throw node.Json.Invalid($"expected features, or rows, columns and channels up to 4096, but received [{string.Join(", ", other)}]"),
        };
        _graph.Input(node.Name, shape);
        return new LayerValue(node.Name, shape);
    }

    private LayerValue Elementwise(string operation, GraphNode node)
    {
        var (first, second) = (node.Input(0), node.Input(1));
        if (!_values.ContainsKey(first) && !_values.ContainsKey(second))
        {
            throw node.Json.Invalid($"expected '{first}' or '{second}' to be a node before it, but neither is");
        }

        var (left, right) = (Operand(node, first, second), Operand(node, second, first));
        var shape = left.Shape.Zip(right.Shape, (a, b) => a == b || b == 1 ? a : a == 1 ? b : 0).ToArray();
        return left.Shape.Count == right.Shape.Count && !shape.Contains(0)
            ? new LayerValue(_graph.Node(operation, node.Name, [left.Name, right.Name]), shape)
            : throw node.Json.Invalid($"expected two shapes that fit, but received {left} and {right}");
    }

    // A constant beside a value: a scalar, or one number for each channel, which is the last dimension in TensorFlow.
    private LayerValue Operand(GraphNode node, string name, string other)
    {
        if (!_model.Weights.TryGetValue(name, out var constant))
        {
            return Value(node.Json, name);
        }

        var channels = constant.Shape switch
        {
            [] => 1,
            [var count] => count,
            _ => throw node.Json.Invalid($"expected a constant of one number or one for each channel, but received {constant}"),
        };
        int[] shape = [channels, .. Value(node.Json, other).Shape.Skip(1).Select(_ => 1)];
        return new LayerValue(_graph.Weight($"{node.Name}/{name}", shape, constant.Floats.ToArray()), shape);
    }

    private LayerValue Square(GraphNode node)
    {
        var value = Value(node, 0);
        return value with { Name = _graph.Node("Mul", node.Name, [value.Name, value.Name]) };
    }

    private LayerValue ReciprocalRoot(GraphNode node)
    {
        var root = _graph.Node("Sqrt", $"{node.Name}/root", [Value(node, 0).Name]);
        return Value(node, 0) with { Name = _graph.Node("Reciprocal", node.Name, [root]) };
    }

    private LayerValue Mean(GraphNode node)
    {
        var value = Value(node, 0);
        if (!node.Flag("keep_dims") || Constant(node, 1) is not [var axis] || (axis != -1 && axis != value.Shape.Count))
        {
            throw node.Json.Invalid("expected the mean of all channels, with its dimension kept");
        }

        return new LayerValue(_graph.Node("ReduceMean", node.Name, [value.Name], OnnxAttribute.Of("axes", [1]), OnnxAttribute.Of("keepdims", 1L)), [1, .. value.Shape.Skip(1)]);
    }

    private LayerValue Reshape(GraphNode node)
    {
        var value = Value(node, 0);
        if (value.IsPicture || !Constant(node, 1).AsSpan().SequenceEqual([-1, 1, 1, value.Channels]))
        {
            throw node.Json.Invalid($"expected features to become pictures of one pixel, but received {value} for [{string.Join(", ", Constant(node, 1))}]");
        }

        var shape = _graph.Weight($"{node.Name}/shape", -1, value.Channels, 1, 1);
        return new LayerValue(_graph.Node("Reshape", node.Name, [value.Name, shape]), [value.Channels, 1, 1]);
    }

    private LayerValue Pad(GraphNode node)
    {
        var picture = Picture(node, 0);
        if (Constant(node, 1) is not [0, 0, >= 0 and <= 4096 and var top, >= 0 and <= 4096 and var bottom, >= 0 and <= 4096 and var left, >= 0 and <= 4096 and var right, 0, 0])
        {
            throw node.Json.Invalid("expected zeros around the rows and columns only, 0 to 4096 of them");
        }

        var pads = _graph.Weight($"{node.Name}/pads", 0, 0, top, left, 0, 0, bottom, right);
        return new LayerValue(_graph.Node("Pad", node.Name, [picture.Name, pads]), [picture.Channels, picture.Size.Rows + top + bottom, picture.Size.Columns + left + right]);
    }

    private LayerValue Convolution(GraphNode node)
    {
        var (picture, kernel, stride) = (Picture(node, 0), _model.Weight(node.Input(1)), node.Pair("strides"));
        if (node.Text("data_format") != "NHWC" || node.Pair("dilations") != (1, 1))
        {
            throw node.Json.Invalid("expected the data format NHWC and no dilation");
        }

        if (kernel.Shape is not [> 0 and var height, > 0 and var width, var inputs, > 0 and var outputs] || inputs != picture.Channels)
        {
            throw node.Json.Invalid($"expected a kernel for {picture.Channels} channels, but received {kernel}");
        }

        var padding = node.Text("padding") switch
        {
            "SAME" => Padding.Same(picture.Size, (height, width), stride),
            "VALID" => default,
            var other => throw node.Json.Invalid($"expected the padding SAME or VALID, but received {other}"),
        };
        var (rows, columns) = (picture.Size.Rows + padding.Top + padding.Bottom - height, picture.Size.Columns + padding.Left + padding.Right - width);
        if (rows < 0 || columns < 0)
        {
            throw node.Json.Invalid($"expected a kernel of at most {picture.Size.Rows}×{picture.Size.Columns}, but received {kernel}");
        }

        var output = _graph.Node(
            "Conv", node.Name, [picture.Name, ConvolutionKernel.Add(_graph, kernel)], OnnxAttribute.Of("kernel_shape", [height, width]),
            OnnxAttribute.Of("strides", [stride.Down, stride.Across]), OnnxAttribute.Of("pads", padding.ForOnnx));
        return new LayerValue(output, [outputs, (rows / stride.Down) + 1, (columns / stride.Across) + 1]);
    }

    // Copies along the batch, which BatchToSpaceND deals out to the places of each block: every pixel becomes a block of itself.
    private LayerValue Enlarge(GraphNode node)
    {
        var tile = _tiles.GetValueOrDefault(node.Input(0)) ?? throw node.Json.Invalid("expected BatchToSpaceND to take what Tile repeats");
        if (Constant(node, 1) is not [> 1 and <= 8 and var block, var across] || across != block
            || !Constant(tile, 1).AsSpan().SequenceEqual([block * block, 1, 1, 1]) || Constant(node, 2).Any(crop => crop != 0))
        {
            throw node.Json.Invalid("expected square blocks of as many copies as Tile makes along the batch, and no crops");
        }

        var picture = Picture(tile, 0);
        var scales = _graph.Weight($"{node.Name}/scales", [4], [1, 1, block, block]);
        var output = _graph.Node(
            "Resize", node.Name, [picture.Name, "", scales], OnnxAttribute.Of("mode", "nearest"),
            OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"), OnnxAttribute.Of("nearest_mode", "floor"));
        return new LayerValue(output, [picture.Channels, picture.Size.Rows * block, picture.Size.Columns * block]);
    }
}
