using System.Collections.Immutable;

namespace Veil.TensorFlowLite.Inference;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Element">What its elements are.</param>
/// <param name="Shape">Its dimensions, each 0 or more.</param>
public sealed record TfLiteTensorSpec(string Name, TfLiteElement Element, ImmutableArray<int> Shape)
{
    /// <summary>What one step of a byte stands for; 0 where elements are no such bytes.</summary>
    public float Scale { get; init; }

    /// <summary>The byte that stands for 0: a byte b stands for (b − ZeroPoint) × <see cref="Scale"/>.</summary>
    public int ZeroPoint { get; init; }

    /// <summary>Number of elements.</summary>
    public long Length => Shape.Aggregate(1L, (product, side) => product * side);

    /// <summary>Type and dimensions, for messages.</summary>
    public override string ToString() => $"{Element} {string.Join('×', Shape)}";
}
