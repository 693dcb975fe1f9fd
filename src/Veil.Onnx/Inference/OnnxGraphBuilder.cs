namespace Veil.Onnx.Inference;

/// <summary>
/// Writes an ONNX file node by node (field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). Nodes must be
/// added in an order in which they can run. Not thread-safe.
/// </summary>
internal sealed class OnnxGraphBuilder
{
    // Softmax has one axis since 13; ReduceMean takes its axes as an attribute until 17.
    private const long OperatorSet = 13;
    private const long FormatVersion = 7;

    private const int ModelVersion = 1;
    private const int ModelProducer = 2;
    private const int ModelGraph = 7;
    private const int ModelOperatorSet = 8;
    private const int OperatorSetVersion = 2;
    private const int GraphNode = 1;
    private const int GraphName = 2;
    private const int GraphInitializer = 5;
    private const int GraphInput = 11;
    private const int GraphOutput = 12;
    private const int NodeInput = 1;
    private const int NodeOutput = 2;
    private const int NodeName = 3;
    private const int NodeOperator = 4;
    private const int NodeAttribute = 5;
    private const int ValueName = 1;
    private const int ValueType = 2;
    private const int TypeTensor = 1;
    private const int TensorElement = 1;
    private const int TensorShape = 2;
    private const int ShapeDimension = 1;
    private const int DimensionValue = 1;
    private const int DimensionParameter = 2;
    private const int InitializerDimension = 1;
    private const int InitializerElement = 2;
    private const int InitializerName = 8;
    private const int InitializerBytes = 9;
    private const long Float32 = 1;
    private const long Int64 = 7;

    private readonly ProtobufWriter _graph = new();

    // Weights are copied once, into the file: each is kept as the bytes before its values, and the values.
    private readonly List<(byte[] Head, Array Values)> _weights = [];

    /// <summary>Starts a graph.</summary>
    /// <param name="name">Its name.</param>
    public OnnxGraphBuilder(string name) => _graph.Write(GraphName, name);

    /// <summary>Declares a float input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Dimensions after the first, which is an open batch.</param>
    public void Input(string name, IEnumerable<int> shape) => _graph.Write(GraphInput, Value(name, shape));

    /// <summary>Declares a float output.</summary>
    /// <param name="name">What a node gives under this name.</param>
    /// <param name="shape">Dimensions after the first, which is an open batch.</param>
    public void Output(string name, IEnumerable<int> shape) => _graph.Write(GraphOutput, Value(name, shape));

    /// <summary>Adds a node.</summary>
    /// <param name="operation">ONNX operator.</param>
    /// <param name="output">Name of the node and of what it gives.</param>
    /// <param name="inputs">Names of what it takes.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>The output's name.</returns>
    public string Node(string operation, string output, IEnumerable<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
        {
            node.Write(NodeInput, input);
        }

        node.Write(NodeOutput, output);
        node.Write(NodeName, output);
        node.Write(NodeOperator, operation);
        foreach (var attribute in attributes)
        {
            node.Write(NodeAttribute, attribute.Message);
        }

        _graph.Write(GraphNode, node.Message);
        return output;
    }

    /// <summary>Adds a float tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="values">Row-major; kept until <see cref="ToModel"/>.</param>
    /// <returns>Its name.</returns>
    public string Weight(string name, IEnumerable<int> shape, float[] values) => Weight(name, shape, Float32, values, values.Length * sizeof(float));

    /// <summary>Adds a list of whole numbers, e.g. a shape.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The numbers.</param>
    /// <returns>Its name.</returns>
    public string Weight(string name, params long[] values) => Weight(name, [values.Length], Int64, values, values.Length * sizeof(long));

    /// <summary>The file.</summary>
    public byte[] ToModel()
    {
        var graphLength = _graph.Message.Length + _weights.Sum(weight => (long)weight.Head.Length + Buffer.ByteLength(weight.Values));
        var head = new ProtobufWriter();
        head.Write(ModelVersion, FormatVersion);
        head.Write(ModelProducer, "veil");
        var operators = new ProtobufWriter();
        operators.Write(OperatorSetVersion, OperatorSet);
        head.Write(ModelOperatorSet, operators.Message);
        head.Open(ModelGraph, graphLength);

        var file = new byte[head.Message.Length + graphLength];
        head.Message.CopyTo(file);
        var position = head.Message.Length;
        _graph.Message.CopyTo(file.AsSpan(position));
        position += _graph.Message.Length;
        foreach (var (start, values) in _weights)
        {
            start.CopyTo(file, position);
            position += start.Length;
            Buffer.BlockCopy(values, 0, file, position, Buffer.ByteLength(values));
            position += Buffer.ByteLength(values);
        }

        return file;
    }

    private string Weight(string name, IEnumerable<int> shape, long element, Array values, int bytes)
    {
        var tensor = new ProtobufWriter();
        foreach (var size in shape)
        {
            tensor.Write(InitializerDimension, (long)size);
        }

        tensor.Write(InitializerElement, element);
        tensor.Write(InitializerName, name);
        tensor.Open(InitializerBytes, bytes);
        var head = new ProtobufWriter();
        head.Open(GraphInitializer, (long)tensor.Message.Length + bytes);
        _weights.Add(([.. head.Message, .. tensor.Message], values));
        return name;
    }

    private static ReadOnlySpan<byte> Value(string name, IEnumerable<int> sizes)
    {
        var shape = new ProtobufWriter();
        var batch = new ProtobufWriter();
        batch.Write(DimensionParameter, "batch");
        shape.Write(ShapeDimension, batch.Message);
        foreach (var size in sizes)
        {
            var dimension = new ProtobufWriter();
            dimension.Write(DimensionValue, (long)size);
            shape.Write(ShapeDimension, dimension.Message);
        }

        var tensor = new ProtobufWriter();
        tensor.Write(TensorElement, Float32);
        tensor.Write(TensorShape, shape.Message);
        var type = new ProtobufWriter();
        type.Write(TypeTensor, tensor.Message);
        var value = new ProtobufWriter();
        value.Write(ValueName, name);
        value.Write(ValueType, type.Message);
        return value.Message;
    }
}
