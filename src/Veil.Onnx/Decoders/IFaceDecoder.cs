using Veil.Onnx.Inference;

namespace Veil.Onnx.Decoders;

/// <summary>Turns a model's outputs into boxes. Stateless and thread-safe.</summary>
internal interface IFaceDecoder
{
    /// <summary>How the model wants its picture.</summary>
    InputEncoding Encoding { get; }

    /// <summary>Adds every face that scores at least <paramref name="threshold"/>.</summary>
    /// <param name="outputs">All outputs, in the order of the model.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="threshold">Lowest score wanted, 0..1.</param>
    /// <param name="found">Receives them, in pixel-edge coordinates of the input.</param>
    /// <exception cref="Errors.VeilException">An output has another shape than the layout says.</exception>
    void Decode(IReadOnlyList<ModelOutput> outputs, int width, int height, float threshold, List<Candidate> found);
}
