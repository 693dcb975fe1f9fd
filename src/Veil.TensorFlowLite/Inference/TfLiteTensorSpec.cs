using System.Collections.Immutable;

namespace Veil.TensorFlowLite.Inference;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Element">What its elements are.</param>
/// <param name="Shape">Its dimensions, each 0 or more.</param>
public sealed record TfLiteTensorSpec(string Name, TfLiteElement Element, ImmutableArray<int> Shape)
{
    /// <summary>Number of elements.</summary>
    public long Length => Shape.Aggregate(1L, (product, side) => product * side);

    /// <summary>Type and dimensions, for messages.</summary>
    public override string ToString() => $"{Element} {string.Join('×', Shape)}";
}
