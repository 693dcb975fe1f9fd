using System.Numerics;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis;

/// <summary>Gives a face the tone and light of a place: brightness as exposure does it, tint by its share, light as a slope.</summary>
/// <param name="Own">The face as it is.</param>
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

    /// <summary>Red, green and blue that the face has on the mean afterwards, where the light has no slope.</summary>
    public Vector3 Mean => ColourStatistics.Colour(IsGrey ? new Vector3(Colour.X, 0, 0) : Colour);

    /// <summary>Changes the colours of a whole picture.</summary>
    /// <param name="pixels"><see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="frame">The face in it.</param>
    public void Apply(PixelBuffer pixels, FaceFrame frame)
    {
        var exposure = Math.Clamp(Colour.X / Math.Max(8, Own.Mean.X), 0.1f, MostExposure);
        var contrast = exposure * Math.Min(1, MostSpread / Math.Max(0.01f, Own.Spread));
        var scale = IsGrey ? new Vector3(contrast, 0, 0) : new Vector3(contrast, 0.85f * contrast, 0.85f * contrast);
        var goal = IsGrey ? new Vector3(Colour.X, 0, 0) : Colour;
        var change = Slope - Own.Slope;
        var limit = new Vector2(Farthest);

        // Places go on evenly along a row.
        var step = frame.ToFrame(frame.Centre + Vector2.UnitX);
        for (var y = 0; y < pixels.Height; y++)
        {
            var row = pixels.Row(y);
            var start = frame.ToFrame(new Vector2(0.5f, y + 0.5f));
            for (var x = 0; x < pixels.Width; x++)
            {
                var pixel = row.Slice(3 * x, 3);
                var light = Math.Clamp(1 + Vector2.Dot(change, Vector2.Clamp(start + (x * step), -limit, limit)), 0.45f, 1.6f);
                var value = ((ColourStatistics.Opponents(pixel[0], pixel[1], pixel[2]) - Own.Mean) * scale) + goal;
                var colour = Vector3.Clamp((ColourStatistics.Colour(value) * light) + new Vector3(0.5f), Vector3.Zero, new Vector3(255));
                (pixel[0], pixel[1], pixel[2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
            }
        }
    }
}
