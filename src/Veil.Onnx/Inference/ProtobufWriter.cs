using System.Buffers;
using System.Text;

namespace Veil.Onnx.Inference;

/// <summary>Builds a protobuf message field by field.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Message => _bytes.WrittenSpan;

    /// <summary>Copies a field as it was read.</summary>
    public void Copy(ProtobufField field) => _bytes.Write(field.Whole);

    /// <summary>Writes a length-delimited field.</summary>
    public void Write(int number, ReadOnlySpan<byte> content)
    {
        Varint(((ulong)number << 3) | 2);
        Varint((ulong)content.Length);
        _bytes.Write(content);
    }

    /// <summary>Writes a text field.</summary>
    public void Write(int number, string text) => Write(number, Encoding.UTF8.GetBytes(text));

    private void Varint(ulong value)
    {
        var span = _bytes.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _bytes.Advance(length);
    }
}
