using Veil.Anonymization.Faces;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// What decides which faces suit a place, in coarse steps: how the covered face is turned, how far its mouth is open, its tone.
/// Nothing of who it is.
/// </summary>
/// <param name="Yaw">Turn in steps of <see cref="YawStep"/>, -2..2; above 0 to the viewer's right.</param>
/// <param name="Pitch">Nod in steps of <see cref="PitchStep"/>, -1..1; below 0 looking up; 0 unless it is plain.</param>
/// <param name="Mouth">0 closed, 1 open; where lips are not known 0.</param>
/// <param name="Tone">Tone.</param>
internal readonly record struct PlaceLook(int Yaw, int Pitch, int Mouth, PlaceTone Tone)
{
    /// <summary>A step of <see cref="FaceShape.Yaw"/>: about twenty degrees.</summary>
    public const float YawStep = 0.25f;

    /// <summary>A step of <see cref="FaceShape.Pitch"/>: wide, since where a nose ends tells people apart.</summary>
    public const float PitchStep = 0.26f;

    /// <summary>The pitch of most pictures.</summary>
    public const float LevelPitch = 0.58f;

    private const float Open = 0.12f;

    /// <summary>Rounds what was measured.</summary>
    public static PlaceLook Of(FaceShape shape, PlaceTone tone) => new(
        (int)Math.Clamp(MathF.Round(shape.Yaw / YawStep), -2, 2),
        (int)Math.Clamp(MathF.Round((shape.Pitch - LevelPitch) / PitchStep), -1, 1),
        MouthOf(shape),
        tone);

    /// <summary>How far a mouth is open, in two steps.</summary>
    public static int MouthOf(FaceShape shape) => shape.MouthGap < Open ? 0 : 1;
}
