using Veil.Anonymization.Faces;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// What decides which faces suit a place, in coarse steps: how the covered face is turned, how far its mouth is open, its tone.
/// Nothing of who it is.
/// </summary>
/// <param name="Yaw">Turn in steps of <see cref="YawStep"/>, -4..4; above 0 to the viewer's right.</param>
/// <param name="Pitch">Nod in steps of <see cref="PitchStep"/>, -1..1; below 0 looking up.</param>
/// <param name="Mouth">0 closed, 1 teeth show, 2 open; where lips are not known 0.</param>
/// <param name="Tone">Tone and light.</param>
internal readonly record struct PlaceLook(int Yaw, int Pitch, int Mouth, PlaceTone Tone)
{
    /// <summary>A step of <see cref="FaceShape.Yaw"/>: about twelve degrees.</summary>
    public const float YawStep = 0.15f;

    /// <summary>A step of <see cref="FaceShape.Pitch"/>.</summary>
    public const float PitchStep = 0.12f;

    /// <summary>The pitch of most pictures.</summary>
    public const float LevelPitch = 0.58f;

    private const float TeethShow = 0.06f;
    private const float Open = 0.24f;

    /// <summary>Rounds what was measured.</summary>
    public static PlaceLook Of(FaceShape shape, PlaceTone tone) => new(
        (int)Math.Clamp(MathF.Round(shape.Yaw / YawStep), -4, 4),
        (int)Math.Clamp(MathF.Round((shape.Pitch - LevelPitch) / PitchStep), -1, 1),
        MouthOf(shape),
        tone);

    /// <summary>How far a mouth is open, in three steps.</summary>
    public static int MouthOf(FaceShape shape) => shape.MouthGap switch
    {
        < TeethShow => 0,
        < Open => 1,
        _ => 2,
    };
}
