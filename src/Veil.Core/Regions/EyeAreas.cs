using System.Collections.Immutable;
using System.Numerics;
using Veil.Imaging;

namespace Veil.Regions;

/// <summary>Where the eyes of a face are, and what of a picture they cover.</summary>
/// <param name="Outlines">Outlines of eyes as found: two, or four where dense points and a detector's five contradict each other.</param>
/// <param name="Width">Width of an eye, corner to corner, pixels.</param>
internal readonly record struct EyeAreas(ImmutableArray<ImmutableArray<Vector2>> Outlines, float Width)
{
    // Shares of the distance between the pupils: about 63 mm, with eyes 30 mm wide and 11 mm high (Farkas, 1994).
    private const float EyeWidth = 0.48f;
    private const float EyeHeight = 0.18f;

    // In profile the eyes come together in the picture; on a face seen from the front they are farther apart than this share of the box.
    private const float LeastDistance = 0.36f;
    private const int EllipsePoints = 24;

    /// <summary>
    /// By the dense points, else by the five; by both where they contradict each other. Null where neither is known, or they
    /// lie outside the face's box.
    /// </summary>
    public static EyeAreas? Of(Region face)
    {
        var (dense, five) = (face.Points?.ToLandmarks(), face.Landmarks);
        if ((dense ?? five) is null || !Inside(face.Box, dense) || !Inside(face.Box, five))
        {
            return null;
        }

        var distance = Math.Max(Math.Max(Distance(dense), Distance(five)), LeastDistance * face.Box.Width);
        var outlines = ImmutableArray.CreateBuilder<ImmutableArray<Vector2>>();
        if (face.Points is { } points)
        {
            outlines.AddRange(points.LeftEye, points.RightEye);
        }

        if (five is not null && face.Points?.Agrees(face) != true)
        {
            var (width, height) = (EyeWidth * distance, EyeHeight * distance);
            outlines.AddRange(Ellipse(five.LeftEye, width, height, five.Roll), Ellipse(five.RightEye, width, height, five.Roll));
        }

        return new EyeAreas(outlines.ToImmutable(), EyeWidth * distance);
    }

    /// <summary>All eyes, grown by a share of their width on every side; null when the picture holds none.</summary>
    public RegionMask? Rasterize(float growth, float softEdge, PixelRect picture)
    {
        var spread = new Vector2(growth * Width);
        var edge = softEdge * Width * (1 + (2 * growth));
        RegionMask? all = null;
        foreach (var outline in Outlines)
        {
            if (MaskRasterizer.Rasterize(outline.AsSpan(), spread, edge, picture) is { } eye)
            {
                all = all?.Union(eye) ?? eye;
            }
        }

        return all;
    }

    private static float Distance(FaceLandmarks? known) => known is null ? 0 : Vector2.Distance(known.LeftEye, known.RightEye);

    private static bool Inside(Box box, FaceLandmarks? known) => known is null || (Inside(box, known.LeftEye) && Inside(box, known.RightEye));

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
