using System.Numerics;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Decoders;

/// <summary>
/// YOLO v8 and 11 with one class: one column per anchor point, rows centre, size, score in input pixels; the pose variant
/// adds five points of x, y, visibility (https://docs.ultralytics.com/modes/export).
/// </summary>
internal sealed class YoloV8Decoder : IFaceDecoder
{
    private const int Plain = 5;
    private const int WithPoints = 20;

    /// <inheritdoc/>
    public InputEncoding Encoding => InputEncoding.RgbUnit;

    /// <summary>True for one output 1×5×N or 1×20×N.</summary>
    public static bool Matches(ModelSignature signature) => signature.Outputs is [{ Shape: [_, Plain or WithPoints, _] }];

    /// <inheritdoc/>
    public void Decode(IReadOnlyList<ModelOutput> outputs, int width, int height, float threshold, List<Candidate> found)
    {
        var rows = outputs[0].Shape[^2];
        var columns = (int)outputs[0].Shape[^1];
        var values = outputs[0].Expect("yolov8", rows * columns);
        var scores = values.Slice(4 * columns, columns);
        for (var column = 0; column < columns; column++)
        {
            if (scores[column] < threshold)
            {
                continue;
            }

            var (x, y) = (values[column], values[columns + column]);
            var (halfWidth, halfHeight) = (values[(2 * columns) + column] / 2, values[(3 * columns) + column] / 2);
            found.Add(new Candidate(
                new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight),
                Math.Min(scores[column], 1),
                rows == WithPoints ? ReadPoints(values, columns, column) : null));
        }
    }

    private static FaceLandmarks ReadPoints(ReadOnlySpan<float> values, int columns, int column)
    {
        return new FaceLandmarks(Point(values, 0), Point(values, 1), Point(values, 2), Point(values, 3), Point(values, 4));

        Vector2 Point(ReadOnlySpan<float> source, int index) => new(
            source[((5 + (3 * index)) * columns) + column], source[((6 + (3 * index)) * columns) + column]);
    }
}
