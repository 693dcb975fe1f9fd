using Veil.Detection;
using Veil.Onnx.Faces;
using Veil.Onnx.Inference;

namespace Veil.Onnx.Text;

/// <summary>
/// At which scales a picture is searched for writing: one that makes the smallest wanted letters large enough for the
/// network, and coarser ones for larger letters, down to one whose long side is the network's usual one. Depends on nothing
/// but its arguments.
/// </summary>
internal static class TextScales
{
    /// <summary>Height of a line, in the network's pixels, down to which it is found well.</summary>
    private const float SmallestLine = 12;

    /// <summary>Long side of the coarsest scale: PaddleOCR's own.</summary>
    private const float UsualSide = 960;

    /// <summary>Letters that one scale sees too large are small enough for the next.</summary>
    private const float LargestStep = 2.5f;

    /// <summary>Scales that differ by less see the same.</summary>
    private const float SmallestStep = 1.4f;

    private const float LargestEnlargement = 1.5f;
    private const float ThoroughEnlargement = 2;

    /// <summary>Tiles share so many of the network's pixels: more than a letter that belongs to this scale is high.</summary>
    private const float Overlap = 64;

    private static readonly ScaleRules Tiling = new()
    {
        SmallestInputFace = SmallestLine,
        LargestInputFace = Overlap,
        LargestStep = LargestStep,
        CoarsestPixels = UsualSide * UsualSide,
        LargestEnlargement = LargestEnlargement,
        StandardPixels = 0,
        TilePixels = 700_000,
    };

    /// <summary>The scales, network pixels per picture pixel, finest first; at least one.</summary>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="smallest">Height of the smallest lines wanted, picture pixels.</param>
    /// <param name="effort">Standard limits the pixels of the finest scale; thorough does not.</param>
    /// <param name="pixels">That limit.</param>
    public static IReadOnlyList<float> For(int width, int height, int smallest, DetectionEffort effort, float pixels)
    {
        var thorough = effort == DetectionEffort.Thorough;
        var finest = Math.Min(thorough ? ThoroughEnlargement : LargestEnlargement, SmallestLine / smallest);
        if (!thorough)
        {
            finest = Math.Min(finest, MathF.Sqrt(pixels / ((float)width * height)));
        }

        var coarsest = Math.Min(finest, UsualSide / Math.Max(width, height));
        if (finest / coarsest < SmallestStep)
        {
            return [finest];
        }

        var steps = (int)MathF.Ceiling((MathF.Log(finest / coarsest) / MathF.Log(LargestStep)) - 0.01f);
        return [.. Enumerable.Range(0, steps + 1).Select(i => finest * MathF.Pow(coarsest / finest, (float)i / steps))];
    }

    /// <summary>The tiles of one scale; neighbours overlap.</summary>
    public static IEnumerable<SourceWindow> Windows(int width, int height, float scale) => ScalePlan.Windows(width, height, scale, Overlap, Tiling);

    /// <summary>The largest of 8, 4, 2 and 1 by which a picture may be reduced so that nothing is enlarged afterwards.</summary>
    public static int Reduction(float finest) => finest <= 1f / 8 ? 8 : finest <= 1f / 4 ? 4 : finest <= 1f / 2 ? 2 : 1;
}
