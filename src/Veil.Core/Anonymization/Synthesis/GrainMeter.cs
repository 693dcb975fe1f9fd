using Veil.Imaging;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// How strong a picture's noise is, from its second differences, which edges and slopes hardly have (Immerkær, Fast Noise
/// Variance Estimation, 1996), in blocks, of which the calmest count: hair and leaves are no noise.
/// </summary>
internal static class GrainMeter
{
    private const int Block = 6;

    // The calmest block of noise alone is calmer than the noise: what it takes to make up for that, measured on noise.
    private const float Calm = 0.2f;
    private const float CalmBias = 1.13f;

    // Blocks looked at, at most.
    private const int MostBlocks = 1500;

    /// <summary>Measures.</summary>
    /// <param name="picture"><see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="area">Where to look; inside the picture.</param>
    /// <param name="counts">Says whether a pixel may be looked at.</param>
    /// <returns>Standard deviation of the green channel's noise, 0..255; 0 where there is no block to measure.</returns>
    public static float Measure(PixelBuffer picture, PixelRect area, Func<int, int, bool> counts)
    {
        var calm = new List<float>();
        var blocks = Math.Max(1, area.Width / Block) * Math.Max(1, area.Height / Block);
        var step = Block * Math.Max(1, (int)MathF.Ceiling(MathF.Sqrt((float)blocks / MostBlocks)));
        for (var top = area.Top + 1; top + Block < area.Bottom; top += step)
        {
            for (var left = area.Left + 1; left + Block < area.Right; left += step)
            {
                if (counts(left - 1, top - 1) && counts(left + Block, top - 1) && counts(left - 1, top + Block) && counts(left + Block, top + Block)
                    && counts(left + (Block / 2), top + (Block / 2)))
                {
                    calm.Add(Deviation(picture, left, top));
                }
            }
        }

        if (calm.Count == 0)
        {
            return 0;
        }

        calm.Sort();
        return CalmBias * calm[(int)(Calm * (calm.Count - 1))];
    }

    private static float Deviation(PixelBuffer picture, int left, int top)
    {
        var sum = 0;
        for (var y = top; y < top + Block; y++)
        {
            var above = picture.Row(y - 1);
            var row = picture.Row(y);
            var below = picture.Row(y + 1);
            for (var x = left; x < left + Block; x++)
            {
                var i = (3 * x) + 1;
                sum += Math.Abs(
                    above[i - 3] - (2 * above[i]) + above[i + 3]
                    - (2 * row[i - 3]) + (4 * row[i]) - (2 * row[i + 3])
                    + below[i - 3] - (2 * below[i]) + below[i + 3]);
            }
        }

        return MathF.Sqrt(MathF.PI / 2) * sum / (6 * Block * Block);
    }
}
