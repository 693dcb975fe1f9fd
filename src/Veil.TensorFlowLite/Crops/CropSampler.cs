using System.Numerics;
using System.Runtime.CompilerServices;
using Veil.Imaging;

namespace Veil.TensorFlowLite.Crops;

/// <summary>
/// Samples a turned square of a picture as a network's input: rows of red, green and blue, 0..1. Bilinear; where the square
/// is larger than the input, each value is the mean of several samples, so that nothing is skipped. Beyond the border the
/// nearest pixel goes on.
/// </summary>
internal static class CropSampler
{
    private const int MostSamples = 4;

    /// <summary>Fills <paramref name="target"/>, side × side × 3 values.</summary>
    /// <param name="image"><see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="crop">What to sample.</param>
    /// <param name="side">Columns and rows of the input.</param>
    /// <param name="target">The input.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Sample(PixelBuffer image, SquareCrop crop, int side, Span<float> target)
    {
        var toPicture = Matrix3x2.CreateScale(1f / side) * crop.ToPicture();
        var samples = Math.Clamp((int)MathF.Round(crop.Side / side), 1, MostSamples);
        var scale = 1f / (byte.MaxValue * samples * samples);
        var (columns, rows, stride) = (image.Width - 1, image.Height - 1, image.Stride);
        fixed (byte* pixels = image.Span)
        {
            for (var (y, at) = (0, 0); y < side; y++)
            {
                for (var x = 0; x < side; x++, at += 3)
                {
                    var (red, green, blue) = (0f, 0f, 0f);
                    for (var i = 0; i < samples * samples; i++)
                    {
                        var inside = new Vector2(x + (((i % samples) + 0.5f) / samples), y + (((i / samples) + 0.5f) / samples));
                        var point = Vector2.Clamp(Vector2.Transform(inside, toPicture) - new Vector2(0.5f), Vector2.Zero, new Vector2(columns, rows));
                        var (left, top) = ((int)point.X, (int)point.Y);
                        var (right, low) = (point.X - left, point.Y - top);
                        var upper = pixels + ((nint)top * stride) + (left * 3);
                        var lower = top < rows ? upper + stride : upper;
                        var next = left < columns ? 3 : 0;
                        var (a, b, c, d) = ((1 - right) * (1 - low), right * (1 - low), (1 - right) * low, right * low);
                        red += (upper[0] * a) + (upper[next] * b) + (lower[0] * c) + (lower[next] * d);
                        green += (upper[1] * a) + (upper[next + 1] * b) + (lower[1] * c) + (lower[next + 1] * d);
                        blue += (upper[2] * a) + (upper[next + 2] * b) + (lower[2] * c) + (lower[next + 2] * d);
                    }

                    (target[at], target[at + 1], target[at + 2]) = (red * scale, green * scale, blue * scale);
                }
            }
        }
    }
}
