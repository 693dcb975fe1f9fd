using System.Buffers.Binary;
using Veil.Errors;
using Veil.TensorFlowLite.Native;

namespace Veil.TensorFlowLite.Inference;

/// <summary>
/// The weights of a TensorFlow Lite model. They are only read, so all interpreters of a process share one copy. Thread-safe;
/// interpreters that are still there keep it alive after it is disposed.
/// </summary>
public sealed class TfLiteModel : IDisposable
{
    private const int IdentifierStart = 4;
    private static readonly uint Identifier = BinaryPrimitives.ReadUInt32LittleEndian("TFL3"u8);

    /// <summary>Takes a copy of the bytes of a <c>.tflite</c> file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidModel"/>: it is no such file, or a damaged one;
    /// <see cref="VeilErrorCode.MissingNative"/>: TensorFlow Lite is not here.
    /// </exception>
    public TfLiteModel(ReadOnlySpan<byte> bytes)
    {
        TfLiteLibrary.Require();

        // The library would refuse other files as well, but writes to standard error when it does.
        if (bytes.Length < 2 * IdentifierStart || BinaryPrimitives.ReadUInt32LittleEndian(bytes[IdentifierStart..]) != Identifier)
        {
            throw new VeilException(VeilErrorCode.InvalidModel, $"Expected a TensorFlow Lite model, but received {bytes.Length} bytes without its mark.", "Check that the file is the right one.");
        }

        Handle = ModelHandle.Create(bytes);
        if (Handle.IsInvalid)
        {
            throw new VeilException(VeilErrorCode.InvalidModel, "Expected a whole TensorFlow Lite model, but received a damaged one.", "Get the file again.");
        }
    }

    internal ModelHandle Handle { get; }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
