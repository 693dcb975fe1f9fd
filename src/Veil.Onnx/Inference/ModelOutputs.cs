using System.Collections;
using Microsoft.ML.OnnxRuntime;

namespace Veil.Onnx.Inference;

/// <summary>The outputs of one inference, in the order of the model; disposing frees their memory.</summary>
public sealed class ModelOutputs : IReadOnlyList<ModelOutput>, IDisposable
{
    private readonly ModelOutput[] _outputs;
    private readonly IDisposableReadOnlyCollection<OrtValue> _values;

    internal ModelOutputs(IReadOnlyList<string> names, IDisposableReadOnlyCollection<OrtValue> values)
    {
        (_outputs, _values) = ([.. names.Zip(values, (name, value) => new ModelOutput(name, value))], values);
    }

    /// <inheritdoc/>
    public int Count => _outputs.Length;

    /// <inheritdoc/>
    public ModelOutput this[int index] => _outputs[index];

    /// <inheritdoc/>
    public IEnumerator<ModelOutput> GetEnumerator() => ((IEnumerable<ModelOutput>)_outputs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();
}
