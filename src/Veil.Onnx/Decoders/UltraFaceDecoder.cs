using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Decoders;

/// <summary>
/// UltraFace (Ultra-Light-Fast-Generic-Face-Detector): background and face score, corners as fractions of the picture; its
/// priors are part of the graph (https://github.com/Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB). No points.
/// </summary>
internal sealed class UltraFaceDecoder : IFaceDecoder
{
    /// <inheritdoc/>
    public InputEncoding Encoding => InputEncoding.RgbSigned127;

    /// <summary>True for 1×N×2 scores and 1×N×4 boxes.</summary>
    public static bool Matches(ModelSignature signature) => signature.Outputs is [{ Shape: [_, _, 2] }, { Shape: [_, _, 4] }];

    /// <inheritdoc/>
    public void Decode(IReadOnlyList<ModelOutput> outputs, int width, int height, float threshold, List<Candidate> found)
    {
        var scores = outputs[0].Values;
        var rows = scores.Length / 2;
        var boxes = outputs[1].Expect("ultraface", 4L * rows);
        for (var row = 0; row < rows; row++)
        {
            var score = scores[(2 * row) + 1];
            if (score >= threshold)
            {
                var edges = boxes.Slice(4 * row, 4);
                found.Add(new Candidate(new Box(edges[0], edges[1], edges[2], edges[3]).Scale(width, height), score, Landmarks: null));
            }
        }
    }
}
