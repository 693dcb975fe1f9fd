namespace Veil.Kernels;

/// <summary>
/// Divides a rectangle into triangles whose corners are given points, as little slanted as can be (Delaunay; inserted one
/// by one after Bowyer, 1981, and Watson, 1981). Exact in whole numbers, so that every place of the rectangle lies in one
/// triangle, whatever the points. Thread-safe, deterministic.
/// </summary>
public static class Delaunay
{
    /// <summary>Coordinates may go this far from zero.</summary>
    public const int Limit = 1 << 26;

    /// <summary>Triangulates a rectangle.</summary>
    /// <param name="points">Points in any unit. Those that repeat another, or lie on the rectangle's border or outside, are no corner of any triangle.</param>
    /// <param name="left">Left edge.</param>
    /// <param name="top">Top edge.</param>
    /// <param name="right">Right edge, above <paramref name="left"/>.</param>
    /// <param name="bottom">Bottom edge, above <paramref name="top"/>.</param>
    /// <returns>
    /// Three indices a triangle, all in the same sense of rotation. The rectangle's corners follow the points: left top,
    /// right top, right bottom, left bottom.
    /// </returns>
    /// <exception cref="ArgumentException">The rectangle is empty, or a coordinate lies beyond <see cref="Limit"/>.</exception>
    public static int[] Triangulate(ReadOnlySpan<(int X, int Y)> points, int left, int top, int right, int bottom)
    {
        if (left >= right || top >= bottom || left < -Limit || top < -Limit || right > Limit || bottom > Limit)
        {
            throw new ArgumentException($"Expected a rectangle within ±{Limit} with left < right and top < bottom, but received ({left}, {top}, {right}, {bottom}).", nameof(right));
        }

        var count = points.Length;
        (int X, int Y)[] all = [.. points, (left, top), (right, top), (right, bottom), (left, bottom)];
        List<Triangle> triangles = [new(count, count + 1, count + 2), new(count, count + 2, count + 3)];
        var edges = new List<(int From, int To)>();
        var known = new HashSet<(int X, int Y)>();
        for (var p = 0; p < count; p++)
        {
            var (x, y) = all[p];
            if (x > left && x < right && y > top && y < bottom && known.Add((x, y)))
            {
                Insert(all, triangles, edges, p);
            }
        }

        return [.. triangles.SelectMany(triangle => new[] { triangle.A, triangle.B, triangle.C })];
    }

    /// <summary>Twice the area of a triangle, positive when a, b, c turn like the axes do, from x to y.</summary>
    internal static long Cross((int X, int Y) a, (int X, int Y) b, (int X, int Y) c) =>
        (((long)b.X - a.X) * ((long)c.Y - a.Y)) - (((long)b.Y - a.Y) * ((long)c.X - a.X));

    // All triangles whose circumcircle holds the point go; the hole they leave is seen whole from the point.
    private static void Insert((int X, int Y)[] all, List<Triangle> triangles, List<(int From, int To)> edges, int p)
    {
        edges.Clear();
        for (var i = triangles.Count - 1; i >= 0; i--)
        {
            var triangle = triangles[i];
            if (InCircle(all[triangle.A], all[triangle.B], all[triangle.C], all[p]))
            {
                Toggle(edges, triangle.A, triangle.B);
                Toggle(edges, triangle.B, triangle.C);
                Toggle(edges, triangle.C, triangle.A);
                triangles[i] = triangles[^1];
                triangles.RemoveAt(triangles.Count - 1);
            }
        }

        foreach (var (from, to) in edges)
        {
            triangles.Add(new Triangle(from, to, p));
        }
    }

    // An edge that two of the triangles share runs both ways and lies inside the hole.
    private static void Toggle(List<(int From, int To)> edges, int from, int to)
    {
        if (!edges.Remove((to, from)))
        {
            edges.Add((from, to));
        }
    }

    private static bool InCircle((int X, int Y) a, (int X, int Y) b, (int X, int Y) c, (int X, int Y) p)
    {
        var (ax, ay) = ((long)a.X - p.X, (long)a.Y - p.Y);
        var (bx, by) = ((long)b.X - p.X, (long)b.Y - p.Y);
        var (cx, cy) = ((long)c.X - p.X, (long)c.Y - p.Y);
        var first = Math.BigMul((ax * ax) + (ay * ay), (bx * cy) - (by * cx));
        var second = Math.BigMul((bx * bx) + (by * by), (ax * cy) - (ay * cx));
        var third = Math.BigMul((cx * cx) + (cy * cy), (ax * by) - (ay * bx));
        return first - second + third > 0;
    }

    private readonly record struct Triangle(int A, int B, int C);
}
