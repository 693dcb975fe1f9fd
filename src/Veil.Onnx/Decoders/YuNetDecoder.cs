using System.Numerics;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Decoders;

/// <summary>
/// YuNet (libfacedetection.train): anchor-free, strides 8, 16, 32; score = √(class · objectness), centre and logarithmic
/// size in strides (https://github.com/opencv/opencv/blob/4.x/modules/objdetect/src/face_detect.cpp).
/// </summary>
internal sealed class YuNetDecoder : IFaceDecoder
{
    private static readonly int[] Strides = [8, 16, 32];

    /// <inheritdoc/>
    public InputEncoding Encoding => InputEncoding.BgrBytes;

    /// <summary>True for the twelve outputs cls, obj, bbox, kps at three strides.</summary>
    public static bool Matches(ModelSignature signature) =>
        signature.Outputs.Count == 12 && signature.Outputs[0].Name == "cls_8" && signature.Outputs[3].Name == "obj_8";

    /// <inheritdoc/>
    public void Decode(IReadOnlyList<ModelOutput> outputs, int width, int height, float threshold, List<Candidate> found)
    {
        for (var level = 0; level < Strides.Length; level++)
        {
            var stride = Strides[level];
            var columns = width / stride;
            var cells = columns * (height / stride);
            var classes = outputs[level].Expect("yunet", cells);
            var objects = outputs[3 + level].Expect("yunet", cells);
            var boxes = outputs[6 + level].Expect("yunet", 4L * cells);
            var points = outputs[9 + level].Expect("yunet", 10L * cells);
            for (var cell = 0; cell < cells; cell++)
            {
                var product = Math.Clamp(classes[cell], 0, 1) * Math.Clamp(objects[cell], 0, 1);
                if (product < threshold * threshold)
                {
                    continue;
                }

                var corner = new Vector2(cell % columns, cell / columns);
                var box = boxes.Slice(4 * cell, 4);
                var x = (corner.X + box[0]) * stride;
                var y = (corner.Y + box[1]) * stride;
                var halfWidth = MathF.Exp(box[2]) * stride / 2;
                var halfHeight = MathF.Exp(box[3]) * stride / 2;
                found.Add(new Candidate(
                    new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight),
                    MathF.Sqrt(product),
                    ReadPoints(points.Slice(10 * cell, 10), corner, stride)));
            }
        }
    }

    private static FaceLandmarks ReadPoints(ReadOnlySpan<float> values, Vector2 corner, int stride)
    {
        return new FaceLandmarks(Point(values, 0), Point(values, 1), Point(values, 2), Point(values, 3), Point(values, 4));

        Vector2 Point(ReadOnlySpan<float> source, int index) => (corner + new Vector2(source[2 * index], source[(2 * index) + 1])) * stride;
    }
}
