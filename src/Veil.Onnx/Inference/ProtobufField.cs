namespace Veil.Onnx.Inference;

/// <summary>One field of a protobuf message, as it lies in the file.</summary>
/// <param name="number">Field number.</param>
/// <param name="whole">Tag, length and content.</param>
/// <param name="content">The content of a length-delimited field; empty for the other wire types.</param>
/// <param name="number64">The value of a varint field; 0 for the other wire types.</param>
internal readonly ref struct ProtobufField(int number, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> content, ulong number64)
{
    public int Number { get; } = number;

    public ReadOnlySpan<byte> Whole { get; } = whole;

    public ReadOnlySpan<byte> Content { get; } = content;

    public ulong Value { get; } = number64;
}
