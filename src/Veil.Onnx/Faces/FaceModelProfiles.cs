using Veil.Onnx.Decoders;
using Veil.Onnx.Inference;

namespace Veil.Onnx.Faces;

/// <summary>What was measured about each layout's models (docs/detection.md).</summary>
internal static class FaceModelProfiles
{
    private const float SameFace = 0.4f;

    /// <summary>How to run a model of a layout.</summary>
    /// <param name="layout">Its layout.</param>
    /// <param name="signature">Its input and outputs.</param>
    public static FaceModelProfile For(FaceLayoutDefinition layout, ModelSignature signature)
    {
        var rules = layout.Layout switch
        {
            FaceLayout.YuNet => new ScaleRules
            {
                SmallestInputFace = 10, LargestInputFace = 96, LargestStep = 2.2f, CoarsestPixels = 300_000, LargestEnlargement = 1.25f, StandardPixels = 1_300_000,
            },
            FaceLayout.RetinaFace => new ScaleRules
            {
                SmallestInputFace = 12, LargestInputFace = 128, LargestStep = 2.2f, CoarsestPixels = 500_000, LargestEnlargement = 1.5f, StandardPixels = 1_800_000,
            },
            _ => new ScaleRules
            {
                SmallestInputFace = 10, LargestInputFace = 128, LargestStep = 2.2f, CoarsestPixels = 300_000, LargestEnlargement = 1.25f, StandardPixels = 1_300_000,
            },
        };
        var threshold = layout.Layout switch
        {
            FaceLayout.YuNet => 0.6f,
            FaceLayout.RetinaFace => 0.4f,
            _ => 0.4f,
        };
        return new FaceModelProfile(layout.Decoder, rules with { FixedInput = FixedInput(layout, signature) }, threshold, SameFace);
    }

    private static (int Width, int Height)? FixedInput(FaceLayoutDefinition layout, ModelSignature signature)
    {
        var shape = signature.Inputs[0].Shape;
        return layout.Size == SpatialSize.AsDeclared && shape[2] > 0 && shape[3] > 0 ? ((int)shape[3], (int)shape[2]) : null;
    }
}
