using System.Numerics;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Decoders;

/// <summary>
/// SCRFD with points (InsightFace): strides 8, 16, 32, two anchor points per cell at its corner, distances to the four
/// edges in strides (https://github.com/deepinsight/insightface, python-package/insightface/model_zoo/scrfd.py).
/// </summary>
internal sealed class ScrfdDecoder : IFaceDecoder
{
    private const int Anchors = 2;
    private static readonly int[] Strides = [8, 16, 32];

    /// <inheritdoc/>
    public InputEncoding Encoding => InputEncoding.RgbSigned;

    /// <summary>True for three scores, three boxes and three sets of points, all with one row per anchor.</summary>
    public static bool Matches(ModelSignature signature)
    {
        if (signature.Outputs.Count != 9)
        {
            return false;
        }

        var last = signature.Outputs.Select(output => output.Shape.Count > 0 ? output.Shape[^1] : 0);
        return last.SequenceEqual([1L, 1, 1, 4, 4, 4, 10, 10, 10]);
    }

    /// <inheritdoc/>
    public void Decode(IReadOnlyList<ModelOutput> outputs, int width, int height, float threshold, List<Candidate> found)
    {
        for (var level = 0; level < Strides.Length; level++)
        {
            var stride = Strides[level];
            var columns = width / stride;
            var rows = Anchors * columns * (height / stride);
            var scores = outputs[level].Expect("scrfd", rows);
            var boxes = outputs[3 + level].Expect("scrfd", 4L * rows);
            var points = outputs[6 + level].Expect("scrfd", 10L * rows);
            for (var row = 0; row < rows; row++)
            {
                if (scores[row] < threshold)
                {
                    continue;
                }

                var cell = row / Anchors;
                var origin = new Vector2(cell % columns, cell / columns) * stride;
                var edges = boxes.Slice(4 * row, 4);
                found.Add(new Candidate(
                    new Box(origin.X - (edges[0] * stride), origin.Y - (edges[1] * stride), origin.X + (edges[2] * stride), origin.Y + (edges[3] * stride)),
                    Math.Min(scores[row], 1),
                    ReadPoints(points.Slice(10 * row, 10), origin, stride)));
            }
        }
    }

    private static FaceLandmarks ReadPoints(ReadOnlySpan<float> values, Vector2 origin, int stride)
    {
        return new FaceLandmarks(Point(values, 0), Point(values, 1), Point(values, 2), Point(values, 3), Point(values, 4));

        Vector2 Point(ReadOnlySpan<float> source, int index) => origin + (stride * new Vector2(source[2 * index], source[(2 * index) + 1]));
    }
}
