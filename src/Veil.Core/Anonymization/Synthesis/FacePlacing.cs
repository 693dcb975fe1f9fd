using System.Numerics;
using Veil.Anonymization.Faces;
using Veil.Anonymization.Synthesis.Film;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// Where a face of the bank goes: turned, scaled and shifted as the covered one, and made narrower or longer in steps. Never bent
/// to its contours: shapes tell people apart (docs/ksame.md).
/// </summary>
internal static class FacePlacing
{
    // Narrower or longer by so much a step, two steps at most.
    private const float SqueezeStep = 0.08f;
    private const int MostSqueeze = 2;

    /// <summary>The map from the bank's picture to the place.</summary>
    /// <param name="face">The bank's face, in its picture.</param>
    /// <param name="place">The covered one, in the picture.</param>
    /// <param name="film">What a film has kept of it; null in stills.</param>
    public static Matrix3x2 Fit(FaceShape face, FaceShape place, TrackedFace? film)
    {
        if (face.Layout is null || face.Layout != place.Layout)
        {
            return Similarity.Fit(face.Five.AsSpan(), place.Five.AsSpan());
        }

        var map = Similarity.Fit(face.Controls.AsSpan(), place.Controls.AsSpan());
        var frame = FaceFrame.Of(face).Map(map);
        var step = Math.Clamp(MathF.Round(MathF.Log(Slenderness(place) / Slenderness(face)) / SqueezeStep), -MostSqueeze, MostSqueeze);
        step = film?.Squeeze(step) ?? step;
        var squeeze = MathF.Exp(step * SqueezeStep / 2);
        var turn = Matrix3x2.CreateRotation(MathF.Atan2(-frame.Down.X, frame.Down.Y), frame.Centre);
        Matrix3x2.Invert(turn, out var back);
        return map * back * Matrix3x2.CreateScale(1 / squeeze, squeeze, frame.Centre) * turn;
    }

    // Height by width of the face's points, measured as the face is turned.
    private static float Slenderness(FaceShape shape)
    {
        var frame = FaceFrame.Of(shape);
        var (least, most) = (new Vector2(float.MaxValue), new Vector2(float.MinValue));
        foreach (var point in shape.Controls)
        {
            var place = frame.ToFrame(point);
            (least, most) = (Vector2.Min(least, place), Vector2.Max(most, place));
        }

        var size = Vector2.Max(most - least, new Vector2(1e-3f));
        return size.Y / size.X;
    }
}
