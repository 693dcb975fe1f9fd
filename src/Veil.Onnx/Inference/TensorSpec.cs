namespace Veil.Onnx.Inference;

/// <summary>Name and shape of an input or output, as a model declares it.</summary>
/// <param name="Name">Name in the graph.</param>
/// <param name="Shape">Dimensions; −1 where the model leaves one open.</param>
public sealed record TensorSpec(string Name, IReadOnlyList<long> Shape)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Describe(Shape)}";

    /// <summary>A shape as people write it, e.g. <c>1×3×?×?</c>.</summary>
    public static string Describe(IReadOnlyList<long> shape) =>
        shape.Count == 0 ? "scalar" : string.Join('×', shape.Select(size => size < 0 ? "?" : size.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
