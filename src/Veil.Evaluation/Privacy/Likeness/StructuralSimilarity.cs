using Veil.Imaging;

namespace Veil.Evaluation.Privacy.Likeness;

/// <summary>
/// Structural similarity of two pictures, window by window (Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from
/// error visibility to structural similarity", 2004): luma, a Gaussian window of 11×11 with a standard deviation of 1.5, K1 =
/// 0.01, K2 = 0.03. Only windows that lie in the picture count, as in the authors' program.
/// </summary>
public sealed class StructuralSimilarity
{
    /// <summary>Columns and rows of a window.</summary>
    public const int Window = 11;

    private const double Sigma = 1.5;
    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;

    private static readonly double[] Weights = Gaussian();

    private readonly double[] _values;

    private StructuralSimilarity(double[] values, int width, int height) => (_values, Width, Height) = (values, width, height);

    /// <summary>Windows across; 0 where the picture is narrower than one.</summary>
    public int Width { get; }

    /// <summary>Windows down.</summary>
    public int Height { get; }

    /// <summary>Similarity of the window whose first pixel is at column <paramref name="x"/> and row <paramref name="y"/>; its centre lies 5 pixels further.</summary>
    public double this[int x, int y] => _values[(y * Width) + x];

    /// <summary>Mean over all windows, the SSIM index of the pictures; NaN where there is none.</summary>
    public double Mean => _values.Length == 0 ? double.NaN : _values.Average();

    /// <summary>Compares two pictures.</summary>
    /// <param name="first">A picture, <see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="second">Another of the same size.</param>
    /// <exception cref="ArgumentException">They differ in size, or are of another format.</exception>
    public static StructuralSimilarity Of(PixelBuffer first, PixelBuffer second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Width != second.Width || first.Height != second.Height || first.Format != PixelFormat.Rgb24 || second.Format != PixelFormat.Rgb24)
        {
            throw new ArgumentException($"Expected two pictures in {PixelFormat.Rgb24} of one size, but received {first.Width}×{first.Height} {first.Format} and {second.Width}×{second.Height} {second.Format}.", nameof(second));
        }

        var (width, height) = (Math.Max(0, first.Width - Window + 1), Math.Max(0, first.Height - Window + 1));
        if (width == 0 || height == 0)
        {
            return new StructuralSimilarity([], 0, 0);
        }

        var (x, y) = (Luma(first), Luma(second));
        var (meanX, meanY) = (Smoothed(x, first.Width, first.Height), Smoothed(y, first.Width, first.Height));
        var squaresX = Smoothed([.. x.Select(value => value * value)], first.Width, first.Height);
        var squaresY = Smoothed([.. y.Select(value => value * value)], first.Width, first.Height);
        var products = Smoothed([.. x.Zip(y, (a, b) => a * b)], first.Width, first.Height);
        var values = new double[width * height];
        for (var i = 0; i < values.Length; i++)
        {
            var (mx, my) = (meanX[i], meanY[i]);
            var (vx, vy, covariance) = (squaresX[i] - (mx * mx), squaresY[i] - (my * my), products[i] - (mx * my));
            values[i] = ((2 * mx * my) + C1) * ((2 * covariance) + C2) / (((mx * mx) + (my * my) + C1) * (vx + vy + C2));
        }

        return new StructuralSimilarity(values, width, height);
    }

    // The weights of ITU-R BT.601, not rounded.
    private static double[] Luma(PixelBuffer image)
    {
        var luma = new double[image.Width * image.Height];
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < image.Width; x++)
            {
                luma[(y * image.Width) + x] = (0.299 * row[3 * x]) + (0.587 * row[(3 * x) + 1]) + (0.114 * row[(3 * x) + 2]);
            }
        }

        return luma;
    }

    private static double[] Smoothed(double[] values, int width, int height)
    {
        var (across, down) = (width - Window + 1, height - Window + 1);
        var rows = new double[across * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < across; x++)
            {
                var sum = 0.0;
                for (var i = 0; i < Window; i++)
                {
                    sum += Weights[i] * values[(y * width) + x + i];
                }

                rows[(y * across) + x] = sum;
            }
        }

        var result = new double[across * down];
        for (var y = 0; y < down; y++)
        {
            for (var x = 0; x < across; x++)
            {
                var sum = 0.0;
                for (var i = 0; i < Window; i++)
                {
                    sum += Weights[i] * rows[((y + i) * across) + x];
                }

                result[(y * across) + x] = sum;
            }
        }

        return result;
    }

    private static double[] Gaussian()
    {
        double[] weights = [.. Enumerable.Range(0, Window).Select(i => Math.Exp(-(i - (Window / 2)) * (i - (Window / 2)) / (2 * Sigma * Sigma)))];
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
