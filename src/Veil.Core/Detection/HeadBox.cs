using Veil.Regions;

namespace Veil.Detection;

/// <summary>
/// Where a head is, told from a face or from a whole person. Proportions are those of adults in drawing and ergonomics
/// textbooks: a face from hairline to chin is three quarters of the head's height, a head is a seventh to an eighth of who
/// stands upright, and shoulders are two to three heads wide. All of them rounded so that more is covered.
/// </summary>
internal static class HeadBox
{
    // Detectors' boxes go from the forehead to the chin and from cheek to cheek: hair, ears and the back of a turned head lie
    // around them. Of the face's width and height.
    private const float Beside = 0.3f;
    private const float Above = 0.45f;
    private const float Below = 0.12f;

    // Of the body's width and height.
    private const float TallestOfWidth = 0.75f;
    private const float LeastOfHeight = 0.22f;
    private const float MostOfHeight = 0.5f;
    private const float AboveBody = 0.03f;

    /// <summary>Width through height of a box from which on a person may well lie: the head can be at either end.</summary>
    private const float Lying = 1.3f;

    /// <summary>A face's middle lies in the upper part of who it belongs to.</summary>
    private const float LowestFace = 0.6f;

    /// <summary>The head of a face.</summary>
    public static Box OfFace(Box face) => new(
        face.Left - (Beside * face.Width), face.Top - (Above * face.Height), face.Right + (Beside * face.Width), face.Bottom + (Below * face.Height));

    /// <summary>The part of a person's box that has the head in it: its upper part, as wide as it is; all of it where they may lie.</summary>
    public static Box OfBody(Box body)
    {
        if (body.Width > Lying * body.Height)
        {
            return body;
        }

        var height = Math.Clamp(TallestOfWidth * body.Width, LeastOfHeight * body.Height, MostOfHeight * body.Height);
        return body with { Top = body.Top - (AboveBody * body.Height), Bottom = body.Top + height };
    }

    /// <summary>How badly a face fits a person: its distance from where the head should be, in faces. Null where it cannot be theirs.</summary>
    public static float? Misfit(Box body, Box face)
    {
        var lowest = body.Width > Lying * body.Height ? body.Bottom : body.Top + (LowestFace * body.Height);
        if (face.CenterX < body.Left || face.CenterX > body.Right || face.CenterY < body.Top || face.CenterY > lowest || face.Width > body.Width * 1.2f)
        {
            return null;
        }

        var above = (OfFace(face).Top - body.Top) / face.Height;
        var beside = (face.CenterX - body.CenterX) / Math.Max(face.Width, body.Width / 2);
        return MathF.Abs(above) + MathF.Abs(beside);
    }
}
