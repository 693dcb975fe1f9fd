using System.Collections.Immutable;
using System.Numerics;
using Veil.Imaging;

namespace Veil.Regions;

/// <summary>The eyes of a face as two outlines, and what of a picture they cover.</summary>
/// <param name="Left">Outline of the eye on the viewer's left, as found.</param>
/// <param name="Right">Outline of the eye on the viewer's right.</param>
/// <param name="Width">Width of an eye, corner to corner, pixels.</param>
internal readonly record struct EyeAreas(ImmutableArray<Vector2> Left, ImmutableArray<Vector2> Right, float Width)
{
    // Shares of the distance between the pupils: about 63 mm, with eyes 30 mm wide and 11 mm high (Farkas, 1994).
    private const float EyeWidth = 0.48f;
    private const float EyeHeight = 0.18f;

    // In profile the eyes come together in the picture; on a face seen from the front they are farther apart than this share of the box.
    private const float LeastDistance = 0.36f;
    private const int EllipsePoints = 24;

    /// <summary>By the dense points, else by the five; null where neither is known, or they lie outside the face's box.</summary>
    public static EyeAreas? Of(Region face)
    {
        if ((face.Points?.ToLandmarks() ?? face.Landmarks) is not { } known || !Inside(face.Box, known.LeftEye) || !Inside(face.Box, known.RightEye))
        {
            return null;
        }

        var distance = Math.Max(Vector2.Distance(known.LeftEye, known.RightEye), LeastDistance * face.Box.Width);
        var width = EyeWidth * distance;
        return face.Points is { } points
            ? new EyeAreas(points.LeftEye, points.RightEye, width)
            : new EyeAreas(
                Ellipse(known.LeftEye, width, EyeHeight * distance, known.Roll), Ellipse(known.RightEye, width, EyeHeight * distance, known.Roll), width);
    }

    /// <summary>Both eyes, grown by a share of their width on every side; null when the picture holds neither.</summary>
    public RegionMask? Rasterize(float growth, float softEdge, PixelRect picture)
    {
        var spread = new Vector2(growth * Width);
        var edge = softEdge * Width * (1 + (2 * growth));
        var left = MaskRasterizer.Rasterize(Left.AsSpan(), spread, edge, picture);
        var right = MaskRasterizer.Rasterize(Right.AsSpan(), spread, edge, picture);
        return left is not null && right is not null ? left.Union(right) : left ?? right;
    }

    private static bool Inside(Box box, Vector2 point) => point.X >= box.Left && point.X <= box.Right && point.Y >= box.Top && point.Y <= box.Bottom;

    private static ImmutableArray<Vector2> Ellipse(Vector2 center, float width, float height, float roll)
    {
        var turn = Matrix3x2.CreateRotation(roll);
        return [.. Enumerable.Range(0, EllipsePoints).Select(step =>
        {
            var (sine, cosine) = MathF.SinCos(MathF.Tau * step / EllipsePoints);
            return center + Vector2.Transform(new Vector2(cosine * width / 2, sine * height / 2), turn);
        })];
    }
}
