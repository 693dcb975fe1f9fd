namespace Veil.Onnx.Inference;

/// <summary>A named setting of a node, as ONNX's AttributeProto writes it.</summary>
internal sealed class OnnxAttribute
{
    private const int Name = 1;
    private const int FloatValue = 2;
    private const int IntegerValue = 3;
    private const int TextValue = 4;
    private const int IntegerList = 8;
    private const int Type = 20;

    private OnnxAttribute(string name, Action<ProtobufWriter> write)
    {
        var message = new ProtobufWriter();
        message.Write(Name, name);
        write(message);
        Message = message.Message.ToArray();
    }

    /// <summary>The encoded message.</summary>
    public byte[] Message { get; }

    /// <summary>A float.</summary>
    public static OnnxAttribute Of(string name, float value) => new(name, message =>
    {
        message.Write(FloatValue, value);
        message.Write(Type, 1L);
    });

    /// <summary>A whole number.</summary>
    public static OnnxAttribute Of(string name, long value) => new(name, message =>
    {
        message.Write(IntegerValue, value);
        message.Write(Type, 2L);
    });

    /// <summary>A text.</summary>
    public static OnnxAttribute Of(string name, string value) => new(name, message =>
    {
        message.Write(TextValue, value);
        message.Write(Type, 3L);
    });

    /// <summary>A list of whole numbers.</summary>
    public static OnnxAttribute Of(string name, IEnumerable<int> values) => new(name, message =>
    {
        foreach (var value in values)
        {
            message.Write(IntegerList, (long)value);
        }

        message.Write(Type, 7L);
    });
}
