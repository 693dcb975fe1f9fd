using System.Numerics;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis;

/// <summary>The colours of a face's inner part, and how the light falls on it.</summary>
/// <param name="Mean">Brightness, red and blue difference, as <see cref="ColourStatistics.Opponents"/> gives them.</param>
/// <param name="Spread">Standard deviation of the brightness as a share of its mean.</param>
/// <param name="Slope">
/// By what share of the mean the brightness grows per length from eyes to mouth, towards the viewer's right and downwards.
/// </param>
internal readonly record struct FaceLight(Vector3 Mean, float Spread, Vector2 Slope)
{
    // What counts: brows to chin, without ears.
    private const float HalfWidth = 0.85f;
    private const float HalfHeight = 1.1f;

    // Samples along each half axis: the numbers are means, and the cost is the same for any size.
    private const int Samples = 20;

    // Less is too dark to divide by.
    private const float Darkest = 6;

    /// <summary>Measures a face.</summary>
    /// <param name="pixels">The picture, <see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="frame">Where the face is in it.</param>
    /// <param name="counts">Says whether a pixel may be looked at; asked for pixels of the picture only.</param>
    /// <returns>Null where nothing may.</returns>
    public static FaceLight? Measure(PixelBuffer pixels, FaceFrame frame, Func<int, int, bool> counts)
    {
        var meter = default(ColourMeter);
        double across = 0, along = 0, acrossSquares = 0, alongSquares = 0, lumas = 0, us = 0, vs = 0;
        for (var row = -Samples; row <= Samples; row++)
        {
            for (var column = -Samples; column <= Samples; column++)
            {
                var (s, t) = ((float)column / Samples, (float)row / Samples);
                var place = frame.ToPicture(s * HalfWidth, t * HalfHeight);
                var (x, y) = ((int)MathF.Floor(place.X), (int)MathF.Floor(place.Y));
                if ((s * s) + (t * t) > 1 || x < 0 || y < 0 || x >= pixels.Width || y >= pixels.Height || !counts(x, y))
                {
                    continue;
                }

                var pixel = pixels.Row(y).Slice(3 * x, 3);
                meter.Add(pixel);
                var luma = ColourStatistics.Opponents(pixel[0], pixel[1], pixel[2]).X;
                var (u, v) = (s * HalfWidth, t * HalfHeight);
                (lumas, us, vs) = (lumas + luma, us + u, vs + v);
                (across, along) = (across + (u * luma), along + (v * luma));
                (acrossSquares, alongSquares) = (acrossSquares + (u * u), alongSquares + (v * v));
            }
        }

        if (meter.Count == 0)
        {
            return null;
        }

        var statistics = meter.Statistics;
        var mean = Math.Max(Darkest, statistics.Mean.X);
        return new FaceLight(statistics.Mean, statistics.Deviation.X / mean, new Vector2(Slope(across, us, acrossSquares), Slope(along, vs, alongSquares)));

        // Least squares of one variable; the two hardly depend on one another in an ellipse.
        float Slope(double products, double sums, double squares)
        {
            var spread = squares - (sums * sums / meter.Count);
            return spread < 1e-3 ? 0 : (float)((products - (sums * lumas / meter.Count)) / spread / mean);
        }
    }
}
