using System.Numerics;
using Veil.Anonymization.Faces;

namespace Veil.Anonymization.Synthesis.Film;

/// <summary>Place, size and turn of a face: the similarity that brings an upright face to it.</summary>
/// <param name="Centre">Of its five points, picture pixels.</param>
/// <param name="Size">Logarithm of its length from eyes to mouth in pixels.</param>
/// <param name="Turn">In the picture's plane, radians, clockwise.</param>
internal readonly record struct FacePose(Vector2 Centre, float Size, float Turn)
{
    /// <summary>The length of an upright face, <see cref="CanonicalFace"/>'s.</summary>
    public static float UprightLength { get; } = (((CanonicalFace.Five[3] + CanonicalFace.Five[4]) - (CanonicalFace.Five[0] + CanonicalFace.Five[1])) / 2).Length();

    private static Vector2 UprightCentre { get; } = CanonicalFace.Five.Aggregate(Vector2.Zero, (sum, point) => sum + point) / CanonicalFace.Five.Length;

    /// <summary>From an upright face to the picture.</summary>
    public Matrix3x2 ToPicture => Matrix3x2.CreateTranslation(-UprightCentre) * Matrix3x2.CreateScale(MathF.Exp(Size) / UprightLength)
        * Matrix3x2.CreateRotation(Turn) * Matrix3x2.CreateTranslation(Centre);

    /// <summary>The pose of a shape.</summary>
    /// <param name="shape">In the picture.</param>
    /// <param name="near">The turn is told as the one nearest to this, so that it goes on beyond half a circle.</param>
    public static FacePose Of(FaceShape shape, float near)
    {
        var map = Similarity.Fit(CanonicalFace.Five.AsSpan(), shape.Five.AsSpan());
        return new FacePose(
            Vector2.Transform(UprightCentre, map), MathF.Log(MathF.Max(1e-3f, Similarity.Scale(map) * UprightLength)),
            near + MathF.IEEERemainder(MathF.Atan2(map.M12, map.M11) - near, 2 * MathF.PI));
    }

    /// <summary>Whether no head turns or grows so much from frame to frame.</summary>
    public bool IsFarFrom(FacePose other)
    {
        const float turn = 0.5f;
        const float size = 0.35f;
        return MathF.Abs(Turn - other.Turn) > turn || MathF.Abs(Size - other.Size) > size;
    }
}
