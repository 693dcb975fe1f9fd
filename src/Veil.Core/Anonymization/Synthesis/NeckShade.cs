using System.Numerics;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// A neck below a face, since crops of faces end at the chin: skin in the chin's shadow, darker towards its sides, that fades
/// where other things show below.
/// </summary>
/// <param name="Frame">The drawn face's, in the picture.</param>
/// <param name="Skin">Red, green and blue of its face, on the mean.</param>
/// <param name="Yaw">How far it is turned: the neck stays behind.</param>
internal readonly record struct NeckShade(FaceFrame Frame, Vector3 Skin, float Yaw)
{
    // In FaceFrame's lengths: half its width, the softness of its sides, and where it comes out from under the jaw.
    private const float HalfWidth = 0.74f;
    private const float Softness = 0.07f;
    private const float Jaw = 0.5f;
    private const float Chin = 0.95f;
    private const float BehindTurn = 0.7f;

    // Light below the chin and where the shadow ends. More than the face's mean, which eyes, brows and lips darken.
    private const float Shadow = 0.86f;
    private const float Lit = 1.08f;

    /// <summary>Lays the neck over a colour.</summary>
    /// <param name="below">What is there.</param>
    /// <param name="x">In the picture.</param>
    /// <param name="y">In the picture.</param>
    /// <param name="rim">Where the surroundings begin: the neck ends before.</param>
    public Vector3 Over(Vector3 below, float x, float y, PolarContour rim)
    {
        var place = Frame.ToFrame(new Vector2(x, y));
        var aside = MathF.Abs(place.X + (BehindTurn * Yaw));
        if (place.Y < Jaw || aside > HalfWidth + Softness)
        {
            return below;
        }

        var way = new Vector2(x, y) - rim.Centre;
        var end = rim.RadiusTowards(way) / Frame.Down.Length();
        var there = way.Length() / Frame.Down.Length();
        var share = Smooth((HalfWidth + Softness - aside) / (2 * Softness)) * Smooth((end - there) / 0.06f) * Smooth((place.Y - Jaw) / (Chin - Jaw));
        var light = Shadow + ((Lit - Shadow) * Smooth((place.Y - Chin) / 0.9f)) - (0.16f * aside * aside);
        return Vector3.Lerp(below, Skin * light, share);
    }

    private static float Smooth(float share)
    {
        share = Math.Clamp(share, 0, 1);
        return share * share * (3 - (2 * share));
    }
}
