using System.Numerics;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Faces;

/// <summary>
/// Bends the picture of a face onto another face's shape: contour to contour where both are known; otherwise it is turned,
/// scaled and shifted by the five points. A ring around the face is only turned, scaled and shifted, and what lies between follows, so that forehead,
/// hair and background come along without a fold.
/// </summary>
internal static class FaceWarp
{
    private const int RingPoints = 24;

    // Turns of the head this far apart are bent wholly, and these not at all: between a profile and a frontal face half of
    // the points have no counterpart, and bending smears a cheek over it.
    private const float Alike = 0.25f;
    private const float Unlike = 0.6f;

    // A source that is to become smaller than this share is averaged first.
    private const float Reducing = 0.75f;

    /// <summary>Draws the whole target.</summary>
    /// <param name="source">The face to show.</param>
    /// <param name="target">Receives it, <see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="shape">Where it is to lie in the target.</param>
    /// <param name="face">The ellipse in this box is the face, and what is bent; in the target's coordinates.</param>
    public static void Draw(FacePicture source, PixelBuffer target, FaceShape shape, Box face)
    {
        var toSource = Similarity.Fit(shape.Five.AsSpan(), source.Shape.Five.AsSpan());
        var scale = Similarity.Scale(toSource);
        if (scale * Reducing > 1)
        {
            using var reduced = source.Reduced(Math.Clamp(1 / scale, 1e-3f, 1));
            Bend(reduced, target, shape, face);
        }
        else
        {
            Bend(source, target, shape, face);
        }
    }

    private static void Bend(FacePicture source, PixelBuffer target, FaceShape shape, Box face)
    {
        var alike = source.Shape.Layout is { } layout && shape.Layout == layout;
        var (here, there) = alike ? (shape.Controls, source.Shape.Controls) : (shape.Five, source.Shape.Five);
        var toSource = Similarity.Fit(here.AsSpan(), there.AsSpan());
        var stiffness = alike ? Math.Clamp((MathF.Abs(source.Shape.Yaw - shape.Yaw) - Alike) / (Unlike - Alike), 0, 1) : 1;
        Vector2[] points = [.. here, .. Ring(face)];
        var bounds = target.Bounds;
        var mesh = TriangleMesh.Over(points, bounds.Left - 1, bounds.Top - 1, bounds.Right + 1, bounds.Bottom + 1);
        var corners = mesh.Points;
        var goal = new Vector2[mesh.Count];
        for (var i = 0; i < goal.Length; i++)
        {
            goal[i] = Vector2.Transform(corners[i], toSource);
            if (i < there.Length)
            {
                // The mesh moved the point by up to a thirty-second of a pixel: so does its counterpart.
                var exact = there[i] + Vector2.TransformNormal(corners[i] - here[i], toSource);
                goal[i] = Vector2.Lerp(exact, goal[i], stiffness);
            }
        }

        MeshWarp.Apply(
            source.Pixels.Span, source.Pixels.Stride, source.Pixels.Width, source.Pixels.Height,
            target.Span, target.Stride, target.Width, target.Height, mesh, goal);
    }

    private static IEnumerable<Vector2> Ring(Box face)
    {
        for (var i = 0; i < RingPoints; i++)
        {
            var (sine, cosine) = MathF.SinCos(2 * MathF.PI * i / RingPoints);
            yield return new Vector2(face.CenterX + (face.Width / 2 * cosine), face.CenterY + (face.Height / 2 * sine));
        }
    }
}
