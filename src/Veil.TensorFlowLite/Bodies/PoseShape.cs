using System.Collections.Immutable;
using System.Numerics;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>
/// Torso, limbs and head of a pose as cells of the network's input: what a person covers at least. A network's mask and its
/// points that contradict each other are both not to be trusted.
/// </summary>
internal static class PoseShape
{
    /// <summary>Half the width of arms and legs, as a share of the person's height.</summary>
    private const float LimbRadius = 0.03f;

    /// <summary>From the middle of a head's points to its outline, in distances to the farthest of them.</summary>
    private const float HeadReach = 1.6f;

    /// <summary>Marks the cells.</summary>
    /// <param name="points">The pose.</param>
    /// <param name="height">Height of the person, cells.</param>
    /// <param name="side">Columns and rows of the grid.</param>
    /// <returns>Row after row; true where the person is.</returns>
    public static bool[] Draw(PosePoints points, float height, int side)
    {
        var cells = new bool[side * side];
        var corners = ImmutableArray.CreateBuilder<Vector2>(PosePoints.Torso.Length);
        foreach (var corner in PosePoints.Torso)
        {
            corners.Add(points[corner]);
        }

        if (MaskRasterizer.Rasterize(corners.MoveToImmutable().AsSpan(), Vector2.Zero, 0, new PixelRect(0, 0, side, side)) is { } torso)
        {
            for (var y = torso.Bounds.Top; y < torso.Bounds.Bottom; y++)
            {
                var row = torso.Row(y);
                for (var x = 0; x < row.Length; x++)
                {
                    cells[(y * side) + torso.Bounds.Left + x] |= row[x] > 0;
                }
            }
        }

        foreach (var (from, to) in PosePoints.Limbs)
        {
            if (points.Sees(from) && points.Sees(to))
            {
                Capsule(cells, side, points[from], points[to], height * LimbRadius);
            }
        }

        Head(cells, side, points);
        return cells;
    }

    private static void Head(bool[] cells, int side, PosePoints points)
    {
        var center = Vector2.Zero;
        for (var i = 0; i < PosePoints.HeadPoints; i++)
        {
            center += points[i] / PosePoints.HeadPoints;
        }

        var radius = 0f;
        for (var i = 0; i < PosePoints.HeadPoints; i++)
        {
            radius = Math.Max(radius, Vector2.Distance(points[i], center));
        }

        Capsule(cells, side, center, center, radius * HeadReach);
    }

    /// <summary>Marks every cell whose middle is no farther from a line than a radius.</summary>
    private static void Capsule(bool[] cells, int side, Vector2 from, Vector2 to, float radius)
    {
        var (low, high) = (Vector2.Min(from, to) - new Vector2(radius), Vector2.Max(from, to) + new Vector2(radius));
        if (!(low.X < side && low.Y < side && high.X > 0 && high.Y > 0))
        {
            return;
        }

        var along = to - from;
        var length = along.LengthSquared();
        var (bottom, right) = ((int)Math.Min(side - 1, high.Y), (int)Math.Min(side - 1, high.X));
        for (var y = (int)Math.Max(0, low.Y); y <= bottom; y++)
        {
            for (var x = (int)Math.Max(0, low.X); x <= right; x++)
            {
                var point = new Vector2(x + 0.5f, y + 0.5f);
                var nearest = from + (along * (length > 0 ? Math.Clamp(Vector2.Dot(point - from, along) / length, 0, 1) : 0));
                cells[(y * side) + x] |= Vector2.DistanceSquared(point, nearest) <= radius * radius;
            }
        }
    }
}
