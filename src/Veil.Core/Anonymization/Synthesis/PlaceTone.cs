using System.Numerics;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// The tone of a covered face: of its own colours only whether it is dark. How dark, which tint and whether there is any come from
/// what shows around it. More tells people apart: light from above by hair and beards, tint by skin.
/// </summary>
/// <param name="IsDark">Whether the covered face is.</param>
/// <param name="Luma">Brightness to draw, 0..255: between the bounds of dark or of light faces as the surroundings are.</param>
internal readonly record struct PlaceTone(bool IsDark, float Luma)
{
    // Between dark skin, or a face in the dark, and all others.
    private const float LightStarts = 96;

    // What is drawn where nothing shows, and the brightness of surroundings that change nothing.
    private const float DarkLuma = 70;
    private const float LightLuma = 140;
    private const float MiddleLuma = 120;

    // Skin in daylight: red and blue difference as shares of brightness, and how far skin in other light lies from it.
    private static readonly Vector2 Skin = new(0.22f, -0.23f);
    private const float SkinRadius = 0.17f;

    // Too dark to divide by.
    private const float Darkest = 16;

    /// <summary>Middle brightness: where nothing may be measured.</summary>
    public static PlaceTone Unknown { get; } = new(false, LightLuma);

    /// <summary>Brightness, red and blue difference to draw: skin in daylight.</summary>
    public Vector3 Colour => Luma * new Vector3(1, Skin.X, Skin.Y);

    /// <summary>Rounds what was measured.</summary>
    /// <param name="light">Of the covered face.</param>
    /// <param name="around">Mean brightness of what shows; null where nothing does.</param>
    public static PlaceTone Of(FaceLight light, float? around)
    {
        var change = (around ?? MiddleLuma) - MiddleLuma;
        return light.Mean.X < LightStarts
            ? new PlaceTone(true, Math.Clamp(DarkLuma + (0.3f * change), 40, 90))
            : new PlaceTone(false, Math.Clamp(LightLuma + (0.4f * change), 112, 180));
    }

    /// <summary>Whether a colour can be the skin of such a face, in whatever tint of white light.</summary>
    /// <param name="colour">As <see cref="ColourStatistics.Opponents"/> gives it.</param>
    public bool Suits(Vector3 colour)
    {
        var (least, most) = IsDark ? (24f, 112f) : (88f, 225f);
        return colour.X > least && colour.X < most
            && Vector2.Distance(new Vector2(colour.Y, colour.Z) / Math.Max(Darkest, colour.X), Skin) < SkinRadius;
    }
}
