namespace Veil.Onnx.TensorFlowJs;

/// <summary>What a layer or node gives: its name in the ONNX graph and its dimensions without the batch.</summary>
/// <param name="Name">Name in the ONNX graph.</param>
/// <param name="Shape">Channels, or channels × rows × columns: ONNX's order, whatever TensorFlow's is.</param>
internal sealed record LayerValue(string Name, IReadOnlyList<int> Shape)
{
    /// <summary>True for channels × rows × columns.</summary>
    public bool IsPicture => Shape.Count == 3;

    /// <summary>Features of a vector, or planes of a picture.</summary>
    public int Channels => Shape[0];

    /// <summary>Rows and columns of a picture.</summary>
    public (int Rows, int Columns) Size => (Shape[1], Shape[2]);

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", Shape)}]";
}
