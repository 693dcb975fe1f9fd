namespace Veil.Onnx.Inference;

/// <summary>What a model takes and gives: enough to tell known layouts apart.</summary>
/// <param name="Inputs">Inputs, weights excluded.</param>
/// <param name="Outputs">Outputs in the order of the file.</param>
public sealed record ModelSignature(IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs)
{
    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(", ", Inputs)}) → ({string.Join(", ", Outputs)})";
}
