using System.Numerics;

namespace Veil.Onnx.Embedding;

/// <summary>How a recognition network wants its aligned face: planes of RGB values, <c>(value − Mean) / Deviation</c>.</summary>
/// <param name="Side">Columns and rows of the aligned face, pixels.</param>
/// <param name="Mean">Subtracted from R, G, B on the 0..255 scale.</param>
/// <param name="Deviation">Divides R, G, B afterwards; no component is 0.</param>
public sealed record FaceEmbeddingInput(int Side, Vector3 Mean, Vector3 Deviation)
{
    /// <summary>112×112, ImageNet's mean and deviation: what MobileFaceNet was trained with.</summary>
    public static FaceEmbeddingInput MobileFaceNet { get; } = new(
        112, new Vector3(0.485f, 0.456f, 0.406f) * 255, new Vector3(0.229f, 0.224f, 0.225f) * 255);

    /// <summary>112×112, 0..255 as they are: SFace, as OpenCV's FaceRecognizerSF feeds it.</summary>
    public static FaceEmbeddingInput SFace { get; } = new(112, Vector3.Zero, Vector3.One);
}
