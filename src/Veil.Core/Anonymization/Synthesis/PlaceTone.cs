using System.Numerics;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// The tone and light of a covered face in coarse steps: all that is taken from its colours. Five levels of brightness, ten
/// tints, five steps of light from a side, three from above.
/// </summary>
/// <param name="Level">Brightness, 0..4.</param>
/// <param name="Tint">0 grey, 1 pale skin, 2 skin in daylight, 3 skin in warm light, 4..9 coloured light.</param>
/// <param name="Side">Light from the viewer's left (below 0) or right, -2..2.</param>
/// <param name="Above">Light from above (below 0) or below, -1..1.</param>
internal readonly record struct PlaceTone(int Level, int Tint, int Side, int Above)
{
    private const float SideStep = 0.14f;
    private const float AboveStep = 0.2f;

    // Too dark to divide by.
    private const float Darkest = 16;

    // Equal steps, as the veil's: narrower ones let a face be told by its exposure.
    private static readonly float[] LevelStarts = [64, 112, 160, 208];
    private static readonly float[] LevelLumas = [40, 90, 137, 180, 216];

    // Red and blue difference as shares of brightness: grey, pale, daylight, warm; red, orange, magenta, blue, cyan, green light.
    private static readonly Vector2[] Tints =
    [
        new(0, 0), new(0.12f, -0.1f), new(0.2f, -0.2f), new(0.3f, -0.36f),
        new(0.75f, -0.4f), new(0.45f, -0.55f), new(0.4f, 0.25f), new(-0.2f, 0.6f), new(-0.45f, 0.3f), new(-0.4f, -0.35f),
    ];

    /// <summary>Middle brightness, daylight, from ahead: where nothing may be measured.</summary>
    public static PlaceTone Unknown { get; } = new(2, 2, 0, 0);

    // What is drawn: skin is livelier than a face's mean, which hair, brows and lips dull.
    private static readonly Vector2[] Drawn =
    [
        new(0.09f, -0.08f), new(0.17f, -0.16f), new(0.22f, -0.23f), new(0.3f, -0.36f),
        new(0.75f, -0.4f), new(0.45f, -0.55f), new(0.4f, 0.25f), new(-0.2f, 0.6f), new(-0.45f, 0.3f), new(-0.4f, -0.35f),
    ];

    /// <summary>Whether the tint is grey.</summary>
    public bool IsGrey => Tint == 0;

    /// <summary>The colour in the middle of the step: brightness, red and blue difference.</summary>
    public Vector3 Colour => LevelLumas[Level] * new Vector3(1, Drawn[Tint].X, Drawn[Tint].Y);

    /// <summary>The light in the middle of the step, as <see cref="FaceLight.Slope"/> tells it.</summary>
    public Vector2 Slope => new(Side * SideStep, Above * AboveStep);

    /// <summary>Rounds what was measured.</summary>
    public static PlaceTone Of(FaceLight light)
    {
        var tint = TintOf(light.Mean);
        return new PlaceTone(
            LevelStarts.Count(start => light.Mean.X >= start),
            Enumerable.Range(0, Tints.Length).MinBy(i => Vector2.DistanceSquared(tint, Tints[i])),
            Step(light.Slope.X, SideStep, 2),
            Step(light.Slope.Y, AboveStep, 1));
    }

    /// <summary>Whether a colour can be the same skin in the same light, give or take a step.</summary>
    /// <param name="colour">As <see cref="ColourStatistics.Opponents"/> gives it.</param>
    public bool Suits(Vector3 colour)
    {
        const float near = 0.11f;
        return MathF.Abs(colour.X - Colour.X) < 18 + (0.2f * Colour.X) && Vector2.Distance(TintOf(colour), Drawn[Tint]) < near;
    }

    private static Vector2 TintOf(Vector3 colour) => new Vector2(colour.Y, colour.Z) / Math.Max(Darkest, colour.X);

    private static int Step(float value, float step, int most) => (int)Math.Clamp(MathF.Round(value / step), -most, most);
}
