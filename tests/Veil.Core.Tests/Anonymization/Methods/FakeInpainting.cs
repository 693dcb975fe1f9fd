using Veil.Anonymization;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Methods;

/// <summary>
/// Stands for an inpainter: a pixel becomes the mean of what is known within a distance, in reading order and from the
/// picture as it came; grey where nothing is. It keeps the contract, and reaches no further than it says.
/// </summary>
internal static class FakeInpainting
{
    public static Inpainter Local(int reach) => (image, hole) =>
    {
        using var before = image.Clone();
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                if (hole[x, y] > 0)
                {
                    Mean(before, hole, x, y, reach).CopyTo(image.Row(y)[(x * 3)..]);
                }
            }
        }
    };

    private static byte[] Mean(PixelBuffer image, RegionMask hole, int x, int y, int reach)
    {
        var (sums, count) = (new int[3], 0);
        for (var j = Math.Max(0, y - reach); j <= Math.Min(image.Height - 1, y + reach); j++)
        {
            for (var i = Math.Max(0, x - reach); i <= Math.Min(image.Width - 1, x + reach); i++)
            {
                if (hole[i, j] == 0)
                {
                    count++;
                    for (var c = 0; c < 3; c++)
                    {
                        sums[c] += image.Row(j)[(i * 3) + c];
                    }
                }
            }
        }

        return [.. sums.Select(sum => count == 0 ? (byte)128 : (byte)(sum / count))];
    }
}
