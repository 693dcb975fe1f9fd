using System.Numerics;

namespace Veil.Studio.Editing;

/// <summary>Lines through points.</summary>
internal static class Polyline
{
    private const int SmoothingPasses = 4;

    /// <summary>The same line with fewer points (Douglas and Peucker, 1973): none that is left out lies farther from it than the tolerance.</summary>
    public static IReadOnlyList<Vector2> Simplify(IReadOnlyList<Vector2> points, float tolerance)
    {
        if (points.Count < 3)
        {
            return points;
        }

        var kept = new bool[points.Count];
        kept[0] = kept[^1] = true;
        var open = new Stack<(int From, int To)>([(0, points.Count - 1)]);
        while (open.TryPop(out var part))
        {
            var (farthest, distance) = (0, tolerance);
            for (var i = part.From + 1; i < part.To; i++)
            {
                var away = Distance(points[i], points[part.From], points[part.To]);
                (farthest, distance) = away > distance ? (i, away) : (farthest, distance);
            }

            if (farthest > 0)
            {
                kept[farthest] = true;
                open.Push((part.From, farthest));
                open.Push((farthest, part.To));
            }
        }

        return [.. points.Where((_, index) => kept[index])];
    }

    /// <summary>A closed line without the steps of the cells it was traced on: each point becomes the weighted mean of its neighbours and itself, a few times.</summary>
    public static IReadOnlyList<Vector2> Smooth(IReadOnlyList<Vector2> loop)
    {
        for (var pass = 0; pass < SmoothingPasses; pass++)
        {
            var rough = loop;
            loop = [.. rough.Select((point, at) => (rough[(at + rough.Count - 1) % rough.Count] + point + point + rough[(at + 1) % rough.Count]) / 4)];
        }

        return loop;
    }

    private static float Distance(Vector2 point, Vector2 from, Vector2 to)
    {
        var along = to - from;
        var length = along.LengthSquared();
        var share = length == 0 ? 0 : Math.Clamp(Vector2.Dot(point - from, along) / length, 0, 1);
        return Vector2.Distance(point, from + (share * along));
    }
}
