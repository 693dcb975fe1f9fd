using System.Collections.Immutable;
using System.Numerics;

namespace Veil.Anonymization.Synthesis;

/// <summary>A closed contour as distances from its middle, one for each of some directions; for contours that bulge nowhere inwards much.</summary>
internal sealed class PolarContour
{
    private readonly float[] _radii;

    private PolarContour(Vector2 centre, float[] radii) => (Centre, _radii) = (centre, radii);

    /// <summary>The middle.</summary>
    public Vector2 Centre { get; }

    /// <summary>Of distances that somebody measured, the first towards the right, then clockwise as the picture is seen.</summary>
    public static PolarContour Of(Vector2 centre, float[] radii) => new(centre, radii);

    /// <summary>Of a polygon.</summary>
    /// <param name="polygon">Three points or more.</param>
    /// <param name="directions">How many distances are kept.</param>
    public static PolarContour Of(ImmutableArray<Vector2> polygon, int directions)
    {
        var (least, most) = (polygon[0], polygon[0]);
        foreach (var point in polygon)
        {
            (least, most) = (Vector2.Min(least, point), Vector2.Max(most, point));
        }

        var centre = (least + most) / 2;
        var radii = new float[directions];
        for (var i = 0; i < directions; i++)
        {
            var (sine, cosine) = MathF.SinCos(MathF.Tau * i / directions);
            radii[i] = Math.Max(1e-3f, Farthest(polygon, centre, new Vector2(cosine, sine)));
        }

        return new PolarContour(centre, radii);
    }

    /// <summary>The distance of the contour from the middle.</summary>
    /// <param name="way">From the middle; of any length.</param>
    public float RadiusTowards(Vector2 way)
    {
        var at = (MathF.Atan2(way.Y, way.X) / MathF.Tau) + 1;
        at = (at - MathF.Floor(at)) * _radii.Length;
        var first = (int)at % _radii.Length;
        return _radii[first] + ((at - MathF.Floor(at)) * (_radii[(first + 1) % _radii.Length] - _radii[first]));
    }

    // Where a ray from the middle leaves the polygon for the last time.
    private static float Farthest(ImmutableArray<Vector2> polygon, Vector2 centre, Vector2 direction)
    {
        var farthest = 0f;
        for (var i = 0; i < polygon.Length; i++)
        {
            var (a, b) = (polygon[i] - centre, polygon[(i + 1) % polygon.Length] - centre);
            var edge = b - a;
            var cross = (direction.X * edge.Y) - (direction.Y * edge.X);
            if (MathF.Abs(cross) < 1e-6f)
            {
                continue;
            }

            var along = ((a.X * direction.Y) - (a.Y * direction.X)) / cross;
            var distance = ((a.X * edge.Y) - (a.Y * edge.X)) / cross;
            if (along is >= 0 and <= 1 && distance > farthest)
            {
                farthest = distance;
            }
        }

        return farthest;
    }
}
