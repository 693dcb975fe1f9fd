using System.Numerics;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Decoders;

/// <summary>
/// YOLO v5 with one class: rows of centre, size, objectness, class score, all in input pixels; with five points between
/// objectness and class score in the face variant (https://github.com/deepcam-cn/yolov5-face).
/// </summary>
internal sealed class YoloV5Decoder : IFaceDecoder
{
    private const int Plain = 6;
    private const int WithPoints = 16;

    /// <inheritdoc/>
    public InputEncoding Encoding => InputEncoding.RgbUnit;

    /// <summary>True for one output 1×N×6 or 1×N×16.</summary>
    public static bool Matches(ModelSignature signature) => signature.Outputs is [{ Shape: [_, _, Plain or WithPoints] }];

    /// <inheritdoc/>
    public void Decode(IReadOnlyList<ModelOutput> outputs, int width, int height, float threshold, List<Candidate> found)
    {
        var columns = (int)outputs[0].Shape[^1];
        var rows = outputs[0].Shape[^2];
        var values = outputs[0].Expect("yolov5", rows * columns);
        for (var row = 0; row < rows; row++)
        {
            var face = values.Slice(row * columns, columns);
            var score = face[4] * face[^1];
            if (score >= threshold)
            {
                var box = new Box(face[0] - (face[2] / 2), face[1] - (face[3] / 2), face[0] + (face[2] / 2), face[1] + (face[3] / 2));
                found.Add(new Candidate(box, Math.Min(score, 1), columns == WithPoints ? ReadPoints(face[5..15]) : null));
            }
        }
    }

    private static FaceLandmarks ReadPoints(ReadOnlySpan<float> values) => new(
        new Vector2(values[0], values[1]), new Vector2(values[2], values[3]), new Vector2(values[4], values[5]),
        new Vector2(values[6], values[7]), new Vector2(values[8], values[9]));
}
