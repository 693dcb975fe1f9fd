using System.Runtime.InteropServices;
using Veil.Errors;

namespace Veil.Onnx.TensorFlowJs;

/// <summary>A named tensor as a TensorFlow.js model stores it: row-major, the last dimension contiguous. Immutable.</summary>
public sealed class WeightTensor
{
    private readonly byte[] _bytes;
    private readonly WeightType _type;

    internal WeightTensor(string name, IReadOnlyList<int> shape, WeightType type, byte[] bytes)
    {
        (Name, Shape, _type, _bytes) = (name, shape, type, bytes);
    }

    /// <summary>Name in the model, e.g. <c>conv1/kernel</c>.</summary>
    public string Name { get; }

    /// <summary>Dimensions in the framework's order: a convolution's kernel is height × width × inputs × outputs. Empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The values of a float tensor.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: it holds whole numbers.</exception>
    public ReadOnlySpan<float> Floats => _type == WeightType.Float32 ? MemoryMarshal.Cast<byte, float>(_bytes) : throw WrongType(WeightType.Float32);

    /// <summary>The values of a tensor of whole numbers.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: it holds floats.</exception>
    public ReadOnlySpan<int> Integers => _type == WeightType.Int32 ? MemoryMarshal.Cast<byte, int>(_bytes) : throw WrongType(WeightType.Int32);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";

    private VeilException WrongType(WeightType expected) => new(VeilErrorCode.InvalidModel, $"Expected tensor '{Name}' to hold {expected}, but it holds {_type}.");
}

/// <summary>Type of a stored tensor's values; both take four bytes, little-endian.</summary>
internal enum WeightType
{
    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>Signed whole numbers.</summary>
    Int32,
}
