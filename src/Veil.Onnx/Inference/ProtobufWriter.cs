using System.Buffers;
using System.Buffers.Binary;
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
        Open(number, content.Length);
        _bytes.Write(content);
    }

    /// <summary>Begins a length-delimited field whose content is written elsewhere, right after this message.</summary>
    public void Open(int number, long length)
    {
        Varint(((ulong)number << 3) | 2);
        Varint((ulong)length);
    }

    /// <summary>Writes a text field.</summary>
    public void Write(int number, string text) => Write(number, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a whole number.</summary>
    public void Write(int number, long value)
    {
        Varint((ulong)number << 3);
        Varint((ulong)value);
    }

    /// <summary>Writes a float.</summary>
    public void Write(int number, float value)
    {
        Varint(((ulong)number << 3) | 5);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
    }

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
