using System.Numerics;

namespace Veil.Anonymization.Faces;

/// <summary>The turn, scale and shift that brings points nearest to others (least squares; Umeyama, 1991, without mirroring).</summary>
internal static class Similarity
{
    /// <summary>The map from the first points to the second.</summary>
    /// <param name="from">Two points or more, not all in one place.</param>
    /// <param name="to">As many.</param>
    public static Matrix3x2 Fit(ReadOnlySpan<Vector2> from, ReadOnlySpan<Vector2> to)
    {
        var (centre, goal) = (Mean(from), Mean(to));
        double real = 0, imaginary = 0, norm = 0;
        for (var i = 0; i < from.Length; i++)
        {
            var (p, q) = (from[i] - centre, to[i] - goal);
            real += ((double)p.X * q.X) + ((double)p.Y * q.Y);
            imaginary += ((double)p.X * q.Y) - ((double)p.Y * q.X);
            norm += p.LengthSquared();
        }

        var (a, b) = ((float)(real / Math.Max(norm, 1e-9)), (float)(imaginary / Math.Max(norm, 1e-9)));
        return Matrix3x2.CreateTranslation(-centre) * new Matrix3x2(a, b, -b, a, 0, 0) * Matrix3x2.CreateTranslation(goal);
    }

    /// <summary>How much a similarity enlarges.</summary>
    public static float Scale(Matrix3x2 map) => MathF.Sqrt((map.M11 * map.M11) + (map.M12 * map.M12));

    private static Vector2 Mean(ReadOnlySpan<Vector2> points)
    {
        var sum = Vector2.Zero;
        foreach (var point in points)
        {
            sum += point;
        }

        return sum / points.Length;
    }
}
