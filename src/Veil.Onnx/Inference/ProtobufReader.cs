using Veil.Errors;

namespace Veil.Onnx.Inference;

/// <summary>
/// Walks the fields of a protobuf message without a schema (https://protobuf.dev/programming-guides/encoding).
/// Enough for reading and changing a few fields of an ONNX file: everything else is copied as it is.
/// </summary>
/// <param name="message">The bytes of the message.</param>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;

    /// <summary>Reads the next field; false at the end.</summary>
    public bool Next(out ProtobufField field)
    {
        field = default;
        if (_position >= _message.Length)
        {
            return false;
        }

        var start = _position;
        var tag = Varint();
        var content = ReadOnlySpan<byte>.Empty;
        ulong value = 0;
        switch (tag & 7)
        {
            case 0:
                value = Varint();
                break;
            case 1:
                Skip(8);
                break;
            case 2:
                var length = Varint();
                var from = _position;
                Skip(length);
                content = _message[from.._position];
                break;
            case 5:
                Skip(4);
                break;
            default:
                throw Broken();
        }

        // A field's number has 29 bits.
        if (tag >> 32 != 0)
        {
            throw Broken();
        }

        field = new ProtobufField((int)(tag >> 3), _message[start.._position], content, value);
        return true;
    }

    private void Skip(ulong bytes)
    {
        if (bytes > (ulong)(_message.Length - _position))
        {
            throw Broken();
        }

        _position += (int)bytes;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position >= _message.Length)
            {
                throw Broken();
            }

            var part = _message[_position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Broken();
    }

    private static VeilException Broken() => new(
        VeilErrorCode.InvalidModel, "Expected an ONNX model, but the file is not valid protobuf.", "Download the model again, or check what --model names.");
}
