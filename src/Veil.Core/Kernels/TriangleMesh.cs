using System.Collections.Immutable;
using System.Numerics;

namespace Veil.Kernels;

/// <summary>
/// A rectangle divided into triangles with given points as corners: what <see cref="MeshWarp"/> bends a picture over.
/// Points are moved to the nearest 1/16 pixel, which makes the division exact. Immutable.
/// </summary>
public sealed class TriangleMesh
{
    internal const int Steps = 16;

    private TriangleMesh((int X, int Y)[] grid, int[] triangles) => (Grid, Triangles) = (grid, triangles);

    /// <summary>How many points there are, the rectangle's four corners included.</summary>
    public int Count => Grid.Length;

    /// <summary>All points: those given, then the rectangle's corners from the left top on, clockwise.</summary>
    public ImmutableArray<Vector2> Points => [.. Grid.Select(point => new Vector2((float)point.X / Steps, (float)point.Y / Steps))];

    /// <summary>The points in sixteenths of a pixel.</summary>
    internal (int X, int Y)[] Grid { get; }

    /// <summary>Three indices a triangle, turning from x to y.</summary>
    internal int[] Triangles { get; }

    /// <summary>Divides the rectangle from (left, top) to (right, bottom), pixel edges.</summary>
    /// <param name="points">Corners of triangles, in pixel-edge coordinates; those outside the rectangle, or at the place of another, take no part.</param>
    /// <param name="left">Left edge.</param>
    /// <param name="top">Top edge.</param>
    /// <param name="right">Right edge.</param>
    /// <param name="bottom">Bottom edge.</param>
    /// <exception cref="ArgumentException">The rectangle is empty or has edges beyond ±2²² pixels.</exception>
    public static TriangleMesh Over(ReadOnlySpan<Vector2> points, int left, int top, int right, int bottom)
    {
        const int limit = Delaunay.Limit / Steps;
        if (Math.Abs((long)left) > limit || Math.Abs((long)top) > limit || Math.Abs((long)right) > limit || Math.Abs((long)bottom) > limit)
        {
            throw new ArgumentException($"Expected edges within ±{limit}, but received ({left}, {top}, {right}, {bottom}).", nameof(right));
        }

        var grid = new (int X, int Y)[points.Length + 4];
        for (var i = 0; i < points.Length; i++)
        {
            // What is not finite becomes a point outside, which takes no part.
            grid[i] = (ToGrid(points[i].X), ToGrid(points[i].Y));
        }

        var triangles = Delaunay.Triangulate(grid.AsSpan(0, points.Length), left * Steps, top * Steps, right * Steps, bottom * Steps);
        (grid[^4], grid[^3], grid[^2], grid[^1]) =
            ((left * Steps, top * Steps), (right * Steps, top * Steps), (right * Steps, bottom * Steps), (left * Steps, bottom * Steps));
        return new TriangleMesh(grid, triangles);
    }

    private static int ToGrid(float value) =>
        float.IsNaN(value) ? -Delaunay.Limit : (int)Math.Clamp(Math.Round((double)value * Steps), -Delaunay.Limit, Delaunay.Limit);
}
