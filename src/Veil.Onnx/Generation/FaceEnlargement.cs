using Veil.Imaging;

namespace Veil.Onnx.Generation;

/// <summary>
/// Enlarges generated faces four times by cubic convolution (Keys, 1981, a = −1/2): docs/generated-faces.md says what networks make
/// of them. Thread-safe.
/// </summary>
public static class FaceEnlargement
{
    /// <summary>How many times as wide and high the result is.</summary>
    public const int Factor = 4;

    private const int Channels = 3;
    private const int Taps = 4;

    // Of the pixels before, at, after and two after, for each of the four places between two pixels' centres.
    private static readonly float[][] Weights = [.. Enumerable.Range(0, Factor).Select(place => Cubic(Offset(place)))];

    /// <summary>Enlarges a picture; its outermost pixels stand for what lies outside.</summary>
    /// <param name="picture"><see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <returns><see cref="Factor"/> times as wide and high, in memory that is collected: disposing it is no need, and no harm.</returns>
    /// <exception cref="ArgumentException">Another format.</exception>
    public static PixelBuffer Enlarge(PixelBuffer picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        picture.RequireFormat(PixelFormat.Rgb24);

        var (width, height) = (picture.Width * Factor, picture.Height * Factor);
        var wide = new float[picture.Height * width * Channels];
        for (var y = 0; y < picture.Height; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < width; x++)
            {
                var (first, weights) = Reach(x);
                for (var channel = 0; channel < Channels; channel++)
                {
                    var sum = 0f;
                    for (var tap = 0; tap < Taps; tap++)
                    {
                        sum += weights[tap] * row[(Channels * Math.Clamp(first + tap, 0, picture.Width - 1)) + channel];
                    }

                    wide[(((y * width) + x) * Channels) + channel] = sum;
                }
            }
        }

        var stride = width * Channels;
        var pixels = new byte[height * stride];
        for (var y = 0; y < height; y++)
        {
            var (first, weights) = Reach(y);
            for (var i = 0; i < stride; i++)
            {
                var sum = 0f;
                for (var tap = 0; tap < Taps; tap++)
                {
                    sum += weights[tap] * wide[(Math.Clamp(first + tap, 0, picture.Height - 1) * stride) + i];
                }

                pixels[(y * stride) + i] = (byte)Math.Clamp(MathF.Round(sum), 0, byte.MaxValue);
            }
        }

        return PixelBuffer.Wrap(pixels, width, height, stride, PixelFormat.Rgb24);
    }

    private static (int First, float[] Weights) Reach(int position)
    {
        var place = position % Factor;
        return ((position / Factor) - (place < Factor / 2 ? 2 : 1), Weights[place]);
    }

    // How far the centre of a target pixel is past that of the source pixel at its left.
    private static float Offset(int place) => (((place + 0.5f) / Factor) + 0.5f) % 1;

    private static float[] Cubic(float t) =>
    [
        (-0.5f * t) + (t * t) - (0.5f * t * t * t), 1 - (2.5f * t * t) + (1.5f * t * t * t),
        (0.5f * t) + (2 * t * t) - (1.5f * t * t * t), (-0.5f * t * t) + (0.5f * t * t * t),
    ];
}
