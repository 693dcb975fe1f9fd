using System.Numerics;
using Veil.Anonymization.Faces;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// Where a face of the bank goes: turned, scaled and shifted as the covered one, in steps. Never bent to its contours and never made
/// narrower or longer: shapes tell people apart (docs/ksame.md).
/// </summary>
internal static class FacePlacing
{
    // Of the box's longer side; of the logarithm of the size by it; in radians.
    private const float ShiftStep = 0.08f;
    private const float SizeStep = 0.125f;
    private const float TurnStep = MathF.PI / 24;

    /// <summary>The map from the bank's picture to the place.</summary>
    /// <param name="face">The bank's face, in its picture.</param>
    /// <param name="place">The covered one, in the picture.</param>
    /// <param name="box">What is covered, in the picture.</param>
    /// <param name="steps">How closely.</param>
    public static Matrix3x2 Fit(FaceShape face, FaceShape place, Box box, PlacingSteps steps)
    {
        var map = face.Layout is null || face.Layout != place.Layout
            ? Similarity.Fit(face.Five.AsSpan(), place.Five.AsSpan())
            : Similarity.Fit(face.Controls.AsSpan(), place.Controls.AsSpan());
        if (steps == PlacingSteps.None)
        {
            return map;
        }

        var own = FaceFrame.Of(face);
        var frame = own.Map(map);
        var side = Math.Max(1e-3f, box.LongSide);
        var middle = new Vector2(box.CenterX, box.CenterY);
        var shift = Rounded((frame.Centre - middle) / side, ShiftStep) * side;
        var size = side * MathF.Exp(Rounded(MathF.Log(Math.Max(1e-3f, frame.Down.Length() / side)), SizeStep));
        var (sine, cosine) = MathF.SinCos(Rounded(MathF.Atan2(-frame.Down.X, frame.Down.Y), TurnStep));
        var goal = new FaceFrame(middle + shift, size * new Vector2(-sine, cosine));
        return Similarity.Fit([own.Centre, own.Centre + own.Down], [goal.Centre, goal.Centre + goal.Down]);
    }

    private static float Rounded(float value, float step) => MathF.Round(value / step) * step;

    private static Vector2 Rounded(Vector2 value, float step) => new(Rounded(value.X, step), Rounded(value.Y, step));
}
