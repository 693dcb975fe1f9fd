using Veil.Errors;
using Veil.Onnx.Inference;

namespace Veil.Onnx.TensorFlowJs;

/// <summary>
/// Turns a functional Keras model into ONNX: layer by layer, nothing is folded (ONNX Runtime does that), pictures become
/// channels × rows × columns. It knows the layers that ResNet needs, and refuses others by name. Not thread-safe.
/// </summary>
internal sealed class KerasConverter
{
    private readonly TensorFlowJsModel _model;
    private readonly OnnxGraphBuilder _graph;
    private readonly Dictionary<string, LayerValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<KerasLayer, LayerValue>> _kinds;

    private KerasConverter(TensorFlowJsModel model)
    {
        _model = model;
        _graph = new OnnxGraphBuilder(model.Name);
        _kinds = new(StringComparer.Ordinal)
        {
            ["InputLayer"] = Input,
            ["ZeroPadding2D"] = ZeroPadding,
            ["Conv2D"] = Convolution,
            ["BatchNormalization"] = BatchNormalization,
            ["Activation"] = layer => Activate(layer, layer.Input),
            ["MaxPooling2D"] = MaxPooling,
            ["Add"] = Add,
            ["GlobalAveragePooling2D"] = GlobalAveragePooling,
            ["Dense"] = Dense,
        };
    }

    /// <summary>Converts a model.</summary>
    /// <param name="model">A layers model.</param>
    /// <param name="outputs">Names of the layers whose results the ONNX model gives, in this order, under these names.</param>
    /// <returns>An ONNX file.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: a layer is unknown or its settings are, or shapes do not fit.</exception>
    public static byte[] ToOnnx(TensorFlowJsModel model, IReadOnlyList<string> outputs) => new KerasConverter(model).Convert(outputs);

    private byte[] Convert(IReadOnlyList<string> outputs)
    {
        var config = _model.Topology["model_config"];
        if (config.Text("class_name") is not ("Model" or "Functional"))
        {
            throw config.Invalid($"expected a functional Keras model, but received {config.Text("class_name")}");
        }

        foreach (var entry in config["config"].Items("layers"))
        {
            var layer = Read(entry);
            var convert = _kinds.GetValueOrDefault(layer.Kind)
                ?? throw layer.Settings.Invalid($"expected one of the kinds {string.Join(", ", _kinds.Keys)}, but received {layer.Kind}");
            _values[layer.Name] = convert(layer);
        }

        foreach (var output in outputs)
        {
            _graph.Output(_graph.Node("Identity", output, [Value(config, output).Name]), Value(config, output).Shape);
        }

        return _graph.ToModel();
    }

    private KerasLayer Read(JsonPart entry)
    {
        var name = entry.Text("name");
        entry = entry with { Where = $"{entry.Where}, layer '{name}'" };
        if (_values.ContainsKey(name))
        {
            throw entry.Invalid("expected one layer of this name, but received two");
        }

        var calls = entry.Items("inbound_nodes").ToList();
        if (calls.Count > 1)
        {
            throw entry.Invalid($"expected it to be called once, but it is called {calls.Count} times");
        }

        var inputs = calls.SelectMany(call => call.Items()).Select(input => Value(entry, input.Items().First().AsText()));
        return new KerasLayer(entry.Text("class_name"), name, entry["config"] with { Where = entry.Where }, [.. inputs]);
    }

    private LayerValue Value(JsonPart where, string layer) =>
        _values.GetValueOrDefault(layer) ?? throw where.Invalid($"expected a layer '{layer}' before it, but there is none");

    private LayerValue Input(KerasLayer layer)
    {
        var sizes = layer.Settings.Items("batch_input_shape").Skip(1).Select(size => size.AsInteger() ?? 0).ToList();
        if (sizes is not [> 0 and <= 4096 and var rows, > 0 and <= 4096 and var columns, > 0 and <= 4096 and var channels])
        {
            throw layer.Settings.Invalid($"expected 'batch_input_shape' to hold rows, columns and channels from 1 to 4096, but received {layer.Settings["batch_input_shape"].Element.GetRawText()}");
        }

        var value = new LayerValue(layer.Name, [channels, rows, columns]);
        _graph.Input(value.Name, value.Shape);
        return value;
    }

    private LayerValue ZeroPadding(KerasLayer layer)
    {
        layer.RequireChannelsLast();
        if (layer.Settings.Integers("padding", 4) is not [>= 0 and <= 4096 and var top, >= 0 and <= 4096 and var bottom, >= 0 and <= 4096 and var left, >= 0 and <= 4096 and var right])
        {
            throw layer.Settings.Invalid("expected 'padding' to hold four numbers from 0 to 4096");
        }

        var (rows, columns) = layer.Picture.Size;
        var pads = _graph.Weight($"{layer.Name}/pads", 0, 0, top, left, 0, 0, bottom, right);
        return new LayerValue(_graph.Node("Pad", Inner(layer), [layer.Picture.Name, pads]), [layer.Picture.Channels, rows + top + bottom, columns + left + right]);
    }

    private LayerValue Convolution(KerasLayer layer)
    {
        layer.RequireChannelsLast();
        var (size, stride, dilation) = (layer.Pair("kernel_size"), layer.Pair("strides"), layer.Pair("dilation_rate"));
        var filters = layer.Settings.Integers("filters", 1)[0];
        var kernel = Weight(layer, "kernel", size.Down, size.Across, layer.Picture.Channels, filters);
        var window = (((size.Down - 1) * dilation.Down) + 1, ((size.Across - 1) * dilation.Across) + 1);
        var padding = layer.Padding(window, stride);
        var (rows, columns) = layer.Sweep(window, stride, padding);
        string[] inputs = [layer.Picture.Name, ConvolutionKernel.Add(_graph, kernel), .. Bias(layer, filters)];
        var output = _graph.Node(
            "Conv", Inner(layer), inputs, OnnxAttribute.Of("kernel_shape", [size.Down, size.Across]), OnnxAttribute.Of("strides", [stride.Down, stride.Across]),
            OnnxAttribute.Of("dilations", [dilation.Down, dilation.Across]), OnnxAttribute.Of("pads", padding.ForOnnx));
        return Activate(layer, new LayerValue(output, [filters, rows, columns]));
    }

    private LayerValue BatchNormalization(KerasLayer layer)
    {
        if (layer.Settings.Integers("axis", 1)[0] is not 3 and var axis)
        {
            throw layer.Settings.Invalid($"expected the axis 3, but received {axis}");
        }

        // Without scale or centre Keras leaves these weights out; ONNX wants all four.
        var channels = layer.Picture.Channels;
        string Values(string part, bool stored, float otherwise) => stored
            ? Add(Weight(layer, part, channels))
            : _graph.Weight($"{layer.Name}/{part}", [channels], [.. Enumerable.Repeat(otherwise, channels)]);
        var (scale, centre) = (Values("gamma", layer.Settings.Flag("scale"), 1), Values("beta", layer.Settings.Flag("center"), 0));
        var (mean, variance) = (Values("moving_mean", stored: true, 0), Values("moving_variance", stored: true, 1));
        var output = _graph.Node(
            "BatchNormalization", Inner(layer), [layer.Picture.Name, scale, centre, mean, variance], OnnxAttribute.Of("epsilon", layer.Settings.Number("epsilon")));
        return layer.Picture with { Name = output };
    }

    private LayerValue MaxPooling(KerasLayer layer)
    {
        layer.RequireChannelsLast();
        var (window, stride) = (layer.Pair("pool_size"), layer.Pair("strides"));
        var padding = layer.Padding(window, stride);
        var (rows, columns) = layer.Sweep(window, stride, padding);
        var output = _graph.Node(
            "MaxPool", Inner(layer), [layer.Picture.Name], OnnxAttribute.Of("kernel_shape", [window.Down, window.Across]),
            OnnxAttribute.Of("strides", [stride.Down, stride.Across]), OnnxAttribute.Of("pads", padding.ForOnnx));
        return new LayerValue(output, [layer.Picture.Channels, rows, columns]);
    }

    private LayerValue Add(KerasLayer layer)
    {
        if (layer.Inputs is not [var first, var second] || !first.Shape.SequenceEqual(second.Shape))
        {
            throw layer.Settings.Invalid($"expected two inputs of one shape, but received {string.Join(" and ", layer.Inputs)}");
        }

        return first with { Name = _graph.Node("Add", Inner(layer), [first.Name, second.Name]) };
    }

    private LayerValue GlobalAveragePooling(KerasLayer layer)
    {
        layer.RequireChannelsLast();
        var mean = _graph.Node("GlobalAveragePool", $"{Inner(layer)}/mean", [layer.Picture.Name]);
        return new LayerValue(_graph.Node("Flatten", Inner(layer), [mean]), [layer.Picture.Channels]);
    }

    private LayerValue Dense(KerasLayer layer)
    {
        if (layer.Input.IsPicture)
        {
            throw layer.Settings.Invalid($"expected an input of features, but received {layer.Input}");
        }

        var units = layer.Settings.Integers("units", 1)[0];
        string[] inputs = [layer.Input.Name, Add(Weight(layer, "kernel", layer.Input.Channels, units)), .. Bias(layer, units)];
        return Activate(layer, new LayerValue(_graph.Node("Gemm", Inner(layer), inputs), [units]));
    }

    // Of a layer of its own, or as the last step of another one.
    private LayerValue Activate(KerasLayer layer, LayerValue value) => layer.Settings.Text("activation") switch
    {
        "linear" => value,
        "relu" => value with { Name = _graph.Node("Relu", $"{layer.Name}/relu", [value.Name]) },
        "softmax" when !value.IsPicture => value with { Name = _graph.Node("Softmax", $"{layer.Name}/softmax", [value.Name], OnnxAttribute.Of("axis", -1L)) },
        var other => throw layer.Settings.Invalid($"expected the activation linear, relu, or softmax of features, but received {other} of {value}"),
    };

    private IEnumerable<string> Bias(KerasLayer layer, int channels) => layer.Settings.Flag("use_bias") ? [Add(Weight(layer, "bias", channels))] : [];

    private WeightTensor Weight(KerasLayer layer, string part, params int[] shape)
    {
        var tensor = _model.Weight($"{layer.Name}/{part}");
        return tensor.Shape.SequenceEqual(shape)
            ? tensor
            : throw layer.Settings.Invalid($"expected '{part}' to be [{string.Join(", ", shape)}], but received [{string.Join(", ", tensor.Shape)}]");
    }

    private string Add(WeightTensor tensor) => _graph.Weight(tensor.Name, tensor.Shape, tensor.Floats.ToArray());

    // Inputs and outputs bear the plain names of their layers, so that what nodes give must be called otherwise.
    private static string Inner(KerasLayer layer) => $"{layer.Name}/out";
}
