using Veil.Onnx.Inference;

namespace Veil.Onnx.Decoders;

/// <summary>One line of <see cref="FaceLayouts"/>.</summary>
/// <param name="Layout">Which.</param>
/// <param name="Id">Name on the command line.</param>
/// <param name="Outputs">What its outputs look like, for messages.</param>
/// <param name="Size">Whether models of this layout run at any size, whatever their file says.</param>
/// <param name="Matches">True when a model looks like it.</param>
/// <param name="Decoder">Its decoder.</param>
internal sealed record FaceLayoutDefinition(
    FaceLayout Layout, string Id, string Outputs, SpatialSize Size, Func<ModelSignature, bool> Matches, IFaceDecoder Decoder);
