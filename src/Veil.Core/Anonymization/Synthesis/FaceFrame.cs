using System.Numerics;
using Veil.Anonymization.Faces;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// The upright frame of a face: places in it are told in lengths from eyes to mouth, from the middle between the two. A face's
/// contour lies about 1.1 to the sides, 1.5 below and 1.4 above.
/// </summary>
/// <param name="Centre">Midway between eyes and mouth, in the picture's coordinates.</param>
/// <param name="Down">From the eyes to the mouth.</param>
internal readonly record struct FaceFrame(Vector2 Centre, Vector2 Down)
{
    /// <summary>To the viewer's right, as long as <see cref="Down"/>.</summary>
    public Vector2 Across => new(Down.Y, -Down.X);

    /// <summary>The frame of a shape.</summary>
    public static FaceFrame Of(FaceShape shape)
    {
        var eyes = (shape.Five[0] + shape.Five[1]) / 2;
        var mouth = (shape.Five[3] + shape.Five[4]) / 2;
        var down = mouth - eyes;
        return new FaceFrame((eyes + mouth) / 2, down.LengthSquared() > 1e-4f ? down : new Vector2(0, 1e-2f));
    }

    /// <summary>Where a place of the frame lies in the picture.</summary>
    public Vector2 ToPicture(float u, float v) => Centre + (u * Across) + (v * Down);

    /// <summary>Where a point of the picture lies in the frame.</summary>
    public Vector2 ToFrame(Vector2 point)
    {
        var way = (point - Centre) / Down.LengthSquared();
        return new Vector2(Vector2.Dot(way, Across), Vector2.Dot(way, Down));
    }

    /// <summary>The same frame in a picture that was moved, turned, scaled or squeezed.</summary>
    public FaceFrame Map(Matrix3x2 map) => new(Vector2.Transform(Centre, map), Vector2.TransformNormal(Down, map));
}
