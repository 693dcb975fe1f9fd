using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Identity;

/// <summary>How much fine detail an aligned face has. Thread-safe.</summary>
public static class FaceSharpness
{
    /// <summary>
    /// Variance of the Laplacian over the variance of the luminance: detail in relation to contrast, so that a dark picture
    /// is no blurred one. 0 for a flat picture.
    /// </summary>
    /// <param name="aligned">As <see cref="FaceAlignment.Cut"/> gives it.</param>
    public static float Of(PixelBuffer aligned)
    {
        ArgumentNullException.ThrowIfNull(aligned);
        using var grey = new PixelBuffer(aligned.Width, aligned.Height, PixelFormat.Gray8);
        PixelConversion.ToGray8(aligned, aligned.Bounds, grey);
        var (detail, contrast) = (default(Spread), default(Spread));
        for (var y = 1; y < grey.Height - 1; y++)
        {
            var above = grey.Row(y - 1);
            var row = grey.Row(y);
            var below = grey.Row(y + 1);
            for (var x = 1; x < row.Length - 1; x++)
            {
                detail.Add(above[x] + below[x] + row[x - 1] + row[x + 1] - (4 * row[x]));
                contrast.Add(row[x]);
            }
        }

        return contrast.Variance > 0 ? (float)(detail.Variance / contrast.Variance) : 0;
    }

    private struct Spread
    {
        private long _count;
        private long _sum;
        private long _squares;

        public readonly double Variance => _count == 0 ? 0 : (_squares - ((double)_sum * _sum / _count)) / _count;

        public void Add(int value) => (_count, _sum, _squares) = (_count + 1, _sum + value, _squares + ((long)value * value));
    }
}
