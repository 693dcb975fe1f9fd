using Veil.Imaging;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// How blurred a picture's sharpest edges are: a blur that is added takes the less from an edge the more blurred it is (Zhuo and
/// Sim, Defocus Map Estimation from a Single Image, 2011).
/// </summary>
internal static class SharpnessMeter
{
    // Weights of the blur that is added, 1 4 6 4 1: a standard deviation of one pixel.
    private const int Reach = 2;
    private const float Added = 1;

    // Less steep edges drown in noise, in grey levels per pixel.
    private const float Steep = 10;

    // Which of the edges tells: the sharpest of all may be a speck.
    private const float Sharpest = 0.15f;

    private const int FewestEdges = 12;
    private const int MostColumns = 160;

    /// <summary>Measures.</summary>
    /// <param name="picture"><see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="area">Where to look; inside the picture.</param>
    /// <param name="counts">Says whether a pixel may be looked at.</param>
    /// <returns>Standard deviation of the blur of the sharpest edges, pixels; null where there are hardly any edges.</returns>
    public static float? Measure(PixelBuffer picture, PixelRect area, Func<int, int, bool> counts)
    {
        var blurs = new List<float>();
        var step = Math.Max(1, area.Height / MostColumns);
        for (var y = area.Top + Reach; y < area.Bottom - Reach; y += step)
        {
            Row(picture, area, y, counts, blurs);
        }

        if (blurs.Count < FewestEdges)
        {
            return null;
        }

        blurs.Sort();
        return blurs[(int)(Sharpest * (blurs.Count - 1))];
    }

    // Along rows alone: edges run in all directions, and those that run down a picture are enough.
    private static void Row(PixelBuffer picture, PixelRect area, int y, Func<int, int, bool> counts, List<float> blurs)
    {
        var row = picture.Row(y);
        for (var x = area.Left + Reach + 1; x < area.Right - Reach - 1; x++)
        {
            var slope = Slope(row, x);
            if (Math.Abs(slope) < 2 * Steep || Math.Abs(slope) < Math.Abs(Slope(row, x - 1)) || Math.Abs(slope) < Math.Abs(Slope(row, x + 1))
                || !counts(x - Reach - 1, y) || !counts(x, y) || !counts(x + Reach + 1, y))
            {
                continue;
            }

            var blurred = (Slope(row, x - 2) + (4 * Slope(row, x - 1)) + (6 * slope) + (4 * Slope(row, x + 1)) + Slope(row, x + 2)) / 16f;
            var ratio = slope / Math.Max(1e-3f, MathF.Abs(blurred)) * MathF.Sign(slope);
            if (ratio > 1.01f)
            {
                blurs.Add(Added / MathF.Sqrt((ratio * ratio) - 1));
            }
        }
    }

    private static int Slope(ReadOnlySpan<byte> row, int x) => x < 1 || (3 * x) + 4 >= row.Length ? 0 : row[(3 * x) + 4] - row[(3 * x) - 2];
}
