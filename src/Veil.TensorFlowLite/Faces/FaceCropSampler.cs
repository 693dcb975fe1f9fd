using System.Numerics;
using Veil.Imaging;

namespace Veil.TensorFlowLite.Faces;

/// <summary>
/// Samples a turned square of a picture as a network's input: rows of red, green and blue, 0..1. Bilinear; where the square
/// is larger than the input, each value is the mean of several samples, so that nothing is skipped. Beyond the border the
/// nearest pixel goes on.
/// </summary>
internal static class FaceCropSampler
{
    private const int MostSamples = 4;

    /// <summary>Fills <paramref name="target"/>, side × side × 3 values.</summary>
    /// <param name="image"><see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="crop">What to sample.</param>
    /// <param name="side">Columns and rows of the input.</param>
    /// <param name="target">The input.</param>
    public static void Sample(PixelBuffer image, FaceCrop crop, int side, Span<float> target)
    {
        var toPicture = Matrix3x2.CreateScale(1f / side) * crop.ToPicture();
        var samples = Math.Clamp((int)MathF.Round(crop.Side / side), 1, MostSamples);
        var scale = 1f / (byte.MaxValue * samples * samples);
        var pixels = new Plane(image.Span, image.Stride, image.Width, image.Height);
        for (var (y, at) = (0, 0); y < side; y++)
        {
            for (var x = 0; x < side; x++, at += 3)
            {
                var sum = Vector3.Zero;
                for (var i = 0; i < samples * samples; i++)
                {
                    var inside = new Vector2((i % samples) + 0.5f, (i / samples) + 0.5f) / samples;
                    sum += pixels.At(Vector2.Transform(new Vector2(x, y) + inside, toPicture));
                }

                sum *= scale;
                (target[at], target[at + 1], target[at + 2]) = (sum.X, sum.Y, sum.Z);
            }
        }
    }

    private readonly ref struct Plane(ReadOnlySpan<byte> bytes, int stride, int width, int height)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        /// <summary>The colour at a point, 0..255 each.</summary>
        public Vector3 At(Vector2 point)
        {
            var (x, y) = (Math.Clamp(point.X - 0.5f, 0, width - 1), Math.Clamp(point.Y - 0.5f, 0, height - 1));
            var (left, top) = ((int)x, (int)y);
            var (right, bottom) = (Math.Min(left + 1, width - 1), Math.Min(top + 1, height - 1));
            var upper = Vector3.Lerp(Pixel(left, top), Pixel(right, top), x - left);
            var lower = Vector3.Lerp(Pixel(left, bottom), Pixel(right, bottom), x - left);
            return Vector3.Lerp(upper, lower, y - top);
        }

        private Vector3 Pixel(int x, int y)
        {
            var pixel = _bytes.Slice((y * stride) + (x * 3), 3);
            return new Vector3(pixel[0], pixel[1], pixel[2]);
        }
    }
}
