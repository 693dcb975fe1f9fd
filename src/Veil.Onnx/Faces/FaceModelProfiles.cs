using Veil.Detection;
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
                SmallestInputFace = 16, LargestInputFace = 96, LargestStep = 2.2f, CoarsestPixels = 300_000, LargestEnlargement = 1.25f, StandardPixels = 1_300_000,
            },
            FaceLayout.RetinaFace => new ScaleRules
            {
                SmallestInputFace = 16, LargestInputFace = 128, LargestStep = 2.2f, CoarsestPixels = 300_000, LargestEnlargement = 1.35f, StandardPixels = 1_260_000, TilePixels = 800_000,
            },
            _ => new ScaleRules
            {
                SmallestInputFace = 16, LargestInputFace = 128, LargestStep = 2.2f, CoarsestPixels = 300_000, LargestEnlargement = 1.25f, StandardPixels = 1_300_000,
            },
        };
        var pivot = layout.Layout switch
        {
            FaceLayout.YuNet => 0.70f,
            FaceLayout.RetinaFace => 0.39f,
            FaceLayout.Scrfd => 0.42f,
            FaceLayout.YoloV8 => 0.43f,
            _ => 0.5f,
        };
        if (FixedInput(layout, signature) is { } size)
        {
            // Tiles overlap by the largest face relied on, so that face must be well below the input's size.
            rules = rules with { FixedInput = size, LargestInputFace = Math.Min(rules.LargestInputFace, Math.Min(size.Width, size.Height) / 3f) };
        }

        return new FaceModelProfile(layout.Decoder, rules, new ScoreScale(pivot), SameFace);
    }

    private static (int Width, int Height)? FixedInput(FaceLayoutDefinition layout, ModelSignature signature)
    {
        var shape = signature.Inputs[0].Shape;
        return layout.Size == SpatialSize.AsDeclared && shape[2] > 0 && shape[3] > 0 ? ((int)shape[3], (int)shape[2]) : null;
    }
}
