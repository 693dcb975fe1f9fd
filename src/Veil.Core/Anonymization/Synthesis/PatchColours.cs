using System.Numerics;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis;

/// <summary>Gives a cutout the tone and light of a place: brightness as exposure does it, tint by its share, light as a slope.</summary>
/// <param name="Own">The cutout's face.</param>
/// <param name="Colour">What its mean is to become: brightness, red and blue difference.</param>
/// <param name="Slope">What its light is to become.</param>
/// <param name="IsGrey">Whether all tint is taken away.</param>
internal readonly record struct PatchColours(FaceLight Own, Vector3 Colour, Vector2 Slope, bool IsGrey)
{
    // More contrast than this looks harsh in any light.
    private const float MostSpread = 0.24f;
    private const float MostExposure = 1.5f;

    // Farther from the middle the slope goes no further, in FaceFrame's lengths.
    private const float Farthest = 1.5f;

    /// <summary>Changes the colours of a whole cutout.</summary>
    /// <param name="pixels"><see cref="PixelFormat.Rgba32"/>.</param>
    /// <param name="frame">The face in it.</param>
    public void Apply(PixelBuffer pixels, FaceFrame frame)
    {
        var exposure = Math.Clamp(Colour.X / Math.Max(8, Own.Mean.X), 0.1f, MostExposure);
        var contrast = exposure * Math.Min(1, MostSpread / Math.Max(0.01f, Own.Spread));
        var scale = IsGrey ? new Vector3(contrast, 0, 0) : new Vector3(contrast, 0.85f * contrast, 0.85f * contrast);
        var goal = IsGrey ? new Vector3(Colour.X, 0, 0) : Colour;
        var change = Slope - Own.Slope;
        for (var y = 0; y < pixels.Height; y++)
        {
            var row = pixels.Row(y);
            for (var x = 0; x < pixels.Width; x++)
            {
                var pixel = row.Slice(4 * x, 4);
                if (pixel[3] == 0)
                {
                    continue;
                }

                var place = frame.ToFrame(new Vector2(x + 0.5f, y + 0.5f));
                place = Vector2.Clamp(place, new Vector2(-Farthest), new Vector2(Farthest));
                var light = Math.Clamp(1 + Vector2.Dot(change, place), 0.45f, 1.6f);
                var value = ((ColourStatistics.Opponents(pixel[0], pixel[1], pixel[2]) - Own.Mean) * scale) + goal;
                var colour = Vector3.Clamp((ColourStatistics.Colour(value) * light) + new Vector3(0.5f), Vector3.Zero, new Vector3(255));
                (pixel[0], pixel[1], pixel[2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
            }
        }
    }
}
