using System.Numerics;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis;

/// <summary>How much the pixels of a generated face's picture look like its own skin: by tint as a share of brightness, and by brightness loosely.</summary>
internal static class SkinLikeness
{
    // Skin in the jaw's shadow is darker than the face's mean; its tint hardly differs.
    private const float LeastLight = 0.42f;
    private const float MostLight = 1.5f;
    private const float LightFade = 0.15f;
    private const float MostTint = 0.12f;
    private const float TintFade = 0.05f;

    /// <summary>Looks at a picture.</summary>
    /// <param name="pixels"><see cref="PixelFormat.Rgb24"/>, as generated.</param>
    /// <param name="mean">The face's mean: brightness, red and blue difference.</param>
    /// <returns>One number for each pixel, row after row: 0 is none, 255 is certain. Softened, so that it has no holes.</returns>
    public static byte[] Of(PixelBuffer pixels, Vector3 mean)
    {
        var likeness = new byte[pixels.Width * pixels.Height];
        var tint = new Vector2(mean.Y, mean.Z) / Math.Max(8, mean.X);
        for (var y = 0; y < pixels.Height; y++)
        {
            var row = pixels.Row(y);
            for (var x = 0; x < pixels.Width; x++)
            {
                var colour = ColourStatistics.Opponents(row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]);
                var light = colour.X / Math.Max(8, mean.X);
                var apart = ((new Vector2(colour.Y, colour.Z) / Math.Max(8, colour.X)) - tint).Length();
                var share = Math.Clamp((light - LeastLight) / LightFade, 0, 1) * Math.Clamp((MostLight - light) / LightFade, 0, 1)
                    * Math.Clamp((MostTint - apart) / TintFade, 0, 1);
                likeness[(y * pixels.Width) + x] = (byte)((share * byte.MaxValue) + 0.5f);
            }
        }

        var sigma = pixels.Width / 90f;
        GaussianBlur.Apply(likeness, pixels.Width, likeness, pixels.Width, pixels.Width, pixels.Height, 1, sigma, (int)MathF.Ceiling(3 * sigma));
        return likeness;
    }
}
