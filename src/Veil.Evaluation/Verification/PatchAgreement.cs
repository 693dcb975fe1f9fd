using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Verification;

/// <summary>How alike two pictures are in a place, however brightness and contrast were changed: normalised cross-correlation of luma. Thread-safe.</summary>
public static class PatchAgreement
{
    /// <summary>Correlation of a box's pixels, −1..1; 1 where both are flat, 0 where one is.</summary>
    /// <param name="original">Rgb24.</param>
    /// <param name="output">Rgb24, of the same size.</param>
    /// <param name="box">Where; clipped to the picture.</param>
    public static double Of(PixelBuffer original, PixelBuffer output, Box box)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(output);
        var area = box.ToPixels().Intersect(original.Bounds);
        double n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var first = original.Row(y);
            var second = output.Row(y);
            for (var x = area.Left; x < area.Right; x++)
            {
                var (u, v) = (Luma(first, 3 * x), Luma(second, 3 * x));
                (n, a, b, aa, bb, ab) = (n + 1, a + u, b + v, aa + (u * u), bb + (v * v), ab + (u * v));
            }
        }

        if (n == 0)
        {
            return 0;
        }

        var (varianceA, varianceB) = (aa - (a * a / n), bb - (b * b / n));
        return varianceA < n || varianceB < n ? (varianceA < n && varianceB < n ? 1 : 0) : (ab - (a * b / n)) / Math.Sqrt(varianceA * varianceB);
    }

    private static double Luma(ReadOnlySpan<byte> row, int at) => (0.299 * row[at]) + (0.587 * row[at + 1]) + (0.114 * row[at + 2]);
}
