using System.Numerics;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Decoders;

/// <summary>
/// CenterFace: at stride 4 a heat map, logarithmic height and width, the centre's offset (row, column) and five points
/// relative to the box (https://github.com/Star-Clouds/CenterFace, prj-python/centerface.py).
/// </summary>
internal sealed class CenterFaceDecoder : IFaceDecoder
{
    private const int Stride = 4;

    /// <inheritdoc/>
    public InputEncoding Encoding => InputEncoding.RgbBytes;

    /// <summary>True for four maps of 1, 2, 2 and 10 channels.</summary>
    public static bool Matches(ModelSignature signature) =>
        signature.Outputs is [{ Shape: [_, 1, _, _] }, { Shape: [_, 2, _, _] }, { Shape: [_, 2, _, _] }, { Shape: [_, 10, _, _] }];

    /// <inheritdoc/>
    public void Decode(IReadOnlyList<ModelOutput> outputs, int width, int height, float threshold, List<Candidate> found)
    {
        var columns = width / Stride;
        var cells = columns * (height / Stride);
        var heat = outputs[0].Expect("centerface", cells);
        var sizes = outputs[1].Expect("centerface", 2L * cells);
        var offsets = outputs[2].Expect("centerface", 2L * cells);
        var points = outputs[3].Expect("centerface", 10L * cells);
        for (var cell = 0; cell < cells; cell++)
        {
            if (heat[cell] < threshold)
            {
                continue;
            }

            var boxHeight = MathF.Exp(sizes[cell]) * Stride;
            var boxWidth = MathF.Exp(sizes[cells + cell]) * Stride;
            var centreX = ((cell % columns) + offsets[cells + cell] + 0.5f) * Stride;
            var centreY = ((cell / columns) + offsets[cell] + 0.5f) * Stride;
            var box = Box.FromSize(centreX - (boxWidth / 2), centreY - (boxHeight / 2), boxWidth, boxHeight);
            found.Add(new Candidate(box, Math.Min(heat[cell], 1), ReadPoints(points, cells, cell, box)));
        }
    }

    private static FaceLandmarks ReadPoints(ReadOnlySpan<float> values, int cells, int cell, Box box)
    {
        return new FaceLandmarks(Point(values, 0), Point(values, 1), Point(values, 2), Point(values, 3), Point(values, 4));

        // Each pair is (row, column), as a fraction of the box.
        Vector2 Point(ReadOnlySpan<float> source, int index) => new(
            box.Left + (source[(((2 * index) + 1) * cells) + cell] * box.Width),
            box.Top + (source[(2 * index * cells) + cell] * box.Height));
    }
}
