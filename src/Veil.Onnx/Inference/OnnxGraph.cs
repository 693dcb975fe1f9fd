using System.Text;

namespace Veil.Onnx.Inference;

/// <summary>
/// Reads and edits the graph description at the head of an ONNX file
/// (field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
/// </summary>
internal static class OnnxGraph
{
    private const int ModelGraph = 7;
    private const int GraphInitializer = 5;
    private const int GraphInput = 11;
    private const int GraphOutput = 12;
    private const int GraphValueInfo = 13;
    private const int InitializerName = 8;
    private const int ValueName = 1;
    private const int ValueType = 2;
    private const int TypeTensor = 1;
    private const int TensorShape = 2;
    private const int ShapeDimension = 1;
    private const int DimensionValue = 1;
    private const int DimensionParameter = 2;

    /// <summary>The inputs and outputs that a model declares.</summary>
    /// <exception cref="Errors.VeilException">Not an ONNX file.</exception>
    public static ModelSignature ReadSignature(ReadOnlySpan<byte> model)
    {
        var weights = new HashSet<string>(StringComparer.Ordinal);
        var inputs = new List<TensorSpec>();
        var outputs = new List<TensorSpec>();
        var graph = new ProtobufReader(Graph(model));
        while (graph.Next(out var field))
        {
            switch (field.Number)
            {
                case GraphInitializer:
                    weights.Add(Text(field.Content, InitializerName));
                    break;
                case GraphInput:
                    inputs.Add(ReadSpec(field.Content));
                    break;
                case GraphOutput:
                    outputs.Add(ReadSpec(field.Content));
                    break;
                default:
                    break;
            }
        }

        // Older files list every weight among the inputs.
        return new ModelSignature([.. inputs.Where(input => !weights.Contains(input.Name))], outputs);
    }

    /// <summary>
    /// A copy in which batch, height and width of the picture input are open. For fully convolutional models that were exported
    /// with one size written down: shapes that follow from it are dropped, ONNX Runtime infers them again.
    /// </summary>
    /// <exception cref="Errors.VeilException">Not an ONNX file.</exception>
    public static byte[] FreeSpatialSize(ReadOnlySpan<byte> model)
    {
        var result = new ProtobufWriter();
        var fields = new ProtobufReader(model);
        while (fields.Next(out var field))
        {
            if (field.Number == ModelGraph)
            {
                result.Write(ModelGraph, FreeGraph(field.Content));
            }
            else
            {
                result.Copy(field);
            }
        }

        return result.Message.ToArray();
    }

    private static ReadOnlySpan<byte> FreeGraph(ReadOnlySpan<byte> graph)
    {
        var result = new ProtobufWriter();
        var fields = new ProtobufReader(graph);
        while (fields.Next(out var field))
        {
            switch (field.Number)
            {
                case GraphInput when ReadSpec(field.Content).Shape.Count == 4:
                    result.Write(GraphInput, FreeValue(field.Content, FreeShape));
                    break;
                case GraphOutput:
                    result.Write(GraphOutput, FreeValue(field.Content, DropShape));
                    break;
                case GraphValueInfo:
                    break;
                default:
                    result.Copy(field);
                    break;
            }
        }

        return result.Message;
    }

    private static ReadOnlySpan<byte> FreeValue(ReadOnlySpan<byte> value, ShapeEdit edit) =>
        Replace(value, ValueType, type => Replace(type, TypeTensor, tensor => edit(tensor)));

    private delegate ReadOnlySpan<byte> ShapeEdit(ReadOnlySpan<byte> tensorType);

    private static ReadOnlySpan<byte> Replace(ReadOnlySpan<byte> message, int number, ShapeEdit edit)
    {
        var result = new ProtobufWriter();
        var fields = new ProtobufReader(message);
        while (fields.Next(out var field))
        {
            if (field.Number == number)
            {
                result.Write(number, edit(field.Content));
            }
            else
            {
                result.Copy(field);
            }
        }

        return result.Message;
    }

    private static ReadOnlySpan<byte> DropShape(ReadOnlySpan<byte> tensorType)
    {
        var result = new ProtobufWriter();
        var fields = new ProtobufReader(tensorType);
        while (fields.Next(out var field))
        {
            if (field.Number != TensorShape)
            {
                result.Copy(field);
            }
        }

        return result.Message;
    }

    private static ReadOnlySpan<byte> FreeShape(ReadOnlySpan<byte> tensorType) => Replace(tensorType, TensorShape, shape =>
    {
        var result = new ProtobufWriter();
        var fields = new ProtobufReader(shape);
        for (var axis = 0; fields.Next(out var dimension); axis++)
        {
            if (axis == 1)
            {
                result.Copy(dimension);
                continue;
            }

            var open = new ProtobufWriter();
            open.Write(DimensionParameter, axis switch { 0 => "batch", 2 => "height", _ => "width" });
            result.Write(ShapeDimension, open.Message);
        }

        return result.Message;
    });

    private static ReadOnlySpan<byte> Graph(ReadOnlySpan<byte> model)
    {
        var fields = new ProtobufReader(model);
        while (fields.Next(out var field))
        {
            if (field.Number == ModelGraph)
            {
                return field.Content;
            }
        }

        return [];
    }

    private static string Text(ReadOnlySpan<byte> message, int number)
    {
        var fields = new ProtobufReader(message);
        while (fields.Next(out var field))
        {
            if (field.Number == number)
            {
                return Encoding.UTF8.GetString(field.Content);
            }
        }

        return "";
    }

    private static TensorSpec ReadSpec(ReadOnlySpan<byte> value)
    {
        var shape = new List<long>();
        var type = Find(Find(Find(value, ValueType), TypeTensor), TensorShape);
        var dimensions = new ProtobufReader(type);
        while (dimensions.Next(out var dimension))
        {
            long size = -1;
            var parts = new ProtobufReader(dimension.Content);
            while (parts.Next(out var part))
            {
                size = part.Number == DimensionValue ? (long)part.Value : size;
            }

            shape.Add(size);
        }

        return new TensorSpec(Text(value, ValueName), shape);
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> message, int number)
    {
        var fields = new ProtobufReader(message);
        while (fields.Next(out var field))
        {
            if (field.Number == number)
            {
                return field.Content;
            }
        }

        return [];
    }
}
