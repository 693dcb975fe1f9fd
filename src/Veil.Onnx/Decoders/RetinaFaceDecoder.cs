using System.Numerics;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Decoders;

/// <summary>
/// RetinaFace as InsightFace published it for MXNet (mnet.25): two square anchors per cell, 32 and 16 times the base of
/// 16 px at stride 32, 8 and 4 times at 16, 2 and 1 times at 8. Offsets are relative to the anchor, sizes logarithmic
/// (https://github.com/deepinsight/insightface, detection/retinaface/retinaface.py).
/// </summary>
internal sealed class RetinaFaceDecoder : IFaceDecoder
{
    private const int Anchors = 2;

    /// <summary>The points of this version were trained divided by it.</summary>
    private const float PointScale = 0.2f;

    private static readonly (int Stride, int First, int Second)[] Levels = [(32, 512, 256), (16, 128, 64), (8, 32, 16)];

    /// <inheritdoc/>
    public InputEncoding Encoding => InputEncoding.RgbBytes;

    /// <summary>True for the nine outputs that the MXNet export names.</summary>
    public static bool Matches(ModelSignature signature) =>
        signature.Outputs.Count == 9 && signature.Outputs[0].Name == "face_rpn_cls_prob_reshape_stride32";

    /// <inheritdoc/>
    public void Decode(IReadOnlyList<ModelOutput> outputs, int width, int height, float threshold, List<Candidate> found)
    {
        for (var level = 0; level < Levels.Length; level++)
        {
            var (stride, firstSize, secondSize) = Levels[level];
            var columns = width / stride;
            var cells = columns * (height / stride);
            var scores = outputs[3 * level].Expect("retinaface", 2L * Anchors * cells)[(Anchors * cells)..];
            var boxes = outputs[(3 * level) + 1].Expect("retinaface", 4L * Anchors * cells);
            var points = outputs[(3 * level) + 2].Expect("retinaface", 10L * Anchors * cells);
            for (var anchor = 0; anchor < Anchors; anchor++)
            {
                var size = anchor == 0 ? firstSize : secondSize;
                for (var cell = 0; cell < cells; cell++)
                {
                    var score = scores[(anchor * cells) + cell];
                    if (score >= threshold)
                    {
                        // Anchors are centred on pixel (stride·cell + 7.5) of the original's pixel-index convention: edge 8.
                        var centre = new Vector2((cell % columns * stride) + 8, (cell / columns * stride) + 8);
                        found.Add(new Candidate(
                            ReadBox(boxes[(4 * anchor * cells)..], cells, cell, centre, size),
                            score,
                            ReadPoints(points[(10 * anchor * cells)..], cells, cell, centre, size)));
                    }
                }
            }
        }
    }

    private static Box ReadBox(ReadOnlySpan<float> values, int cells, int cell, Vector2 centre, int size)
    {
        var x = centre.X + (values[cell] * size);
        var y = centre.Y + (values[cells + cell] * size);
        var halfWidth = MathF.Exp(values[(2 * cells) + cell]) * size / 2;
        var halfHeight = MathF.Exp(values[(3 * cells) + cell]) * size / 2;
        return new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }

    private static FaceLandmarks ReadPoints(ReadOnlySpan<float> values, int cells, int cell, Vector2 centre, int size)
    {
        return new FaceLandmarks(Point(values, 0), Point(values, 1), Point(values, 2), Point(values, 3), Point(values, 4));

        Vector2 Point(ReadOnlySpan<float> source, int index) => centre + (PointScale * size * new Vector2(source[(2 * index * cells) + cell], source[(((2 * index) + 1) * cells) + cell]));
    }
}
