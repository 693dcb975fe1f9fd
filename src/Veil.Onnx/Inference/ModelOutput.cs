using Microsoft.ML.OnnxRuntime;

namespace Veil.Onnx.Inference;

/// <summary>One float output of an inference. Valid until the inference's outputs are disposed.</summary>
public sealed class ModelOutput
{
    private readonly float[] _array = [];
    private readonly OrtValue? _value;

    /// <summary>An output held in an array, row-major.</summary>
    /// <exception cref="ArgumentException">The array's length is not the product of the dimensions.</exception>
    public ModelOutput(string name, IReadOnlyList<long> shape, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var length = shape.Aggregate(1L, (product, size) => product * size);
        if (values.Length != length)
        {
            throw new ArgumentException($"Expected {length} values for {TensorSpec.Describe(shape)}, but received {values.Length}.", nameof(values));
        }

        (Name, Shape, _array) = (name, shape, values);
    }

    internal ModelOutput(string name, OrtValue value)
    {
        (Name, _value, Shape) = (name, value, value.GetTensorTypeAndShape().Shape);
    }

    /// <summary>Name in the graph.</summary>
    public string Name { get; }

    /// <summary>Dimensions of this inference.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The values, row-major.</summary>
    public ReadOnlySpan<float> Values => _value is null ? _array : _value.GetTensorDataAsSpan<float>();
}
