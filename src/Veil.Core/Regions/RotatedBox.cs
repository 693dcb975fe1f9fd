using System.Collections.Immutable;
using System.Numerics;

namespace Veil.Regions;

/// <summary>A rectangle turned by any angle, in pixel-edge coordinates: how a line of writing lies in a picture.</summary>
/// <param name="Center">Its centre.</param>
/// <param name="Along">From the centre to the middle of its right side, seen in reading direction.</param>
/// <param name="Across">From the centre to the middle of its lower side; perpendicular to <paramref name="Along"/>.</param>
public readonly record struct RotatedBox(Vector2 Center, Vector2 Along, Vector2 Across)
{
    /// <summary>Extent in reading direction, pixels.</summary>
    public float Width => 2 * Along.Length();

    /// <summary>Extent across the reading direction, pixels.</summary>
    public float Height => 2 * Across.Length();

    /// <summary>Area in square pixels.</summary>
    public float Area => Width * Height;

    /// <summary>The corners: upper left, upper right, lower right, lower left in reading direction.</summary>
    public ImmutableArray<Vector2> Corners =>
        [Center - Along - Across, Center + Along - Across, Center + Along + Across, Center - Along + Across];

    /// <summary>The smallest upright box around it.</summary>
    public Box Bounds
    {
        get
        {
            var reach = Vector2.Abs(Along) + Vector2.Abs(Across);
            return new Box(Center.X - reach.X, Center.Y - reach.Y, Center.X + reach.X, Center.Y + reach.Y);
        }
    }

    /// <summary>An upright one.</summary>
    public static RotatedBox Of(Box box) => new(new Vector2(box.CenterX, box.CenterY), new Vector2(box.Width / 2, 0), new Vector2(0, box.Height / 2));

    /// <summary>The smallest one around a region's outline; around its box where it has none.</summary>
    public static RotatedBox Of(Region region)
    {
        ArgumentNullException.ThrowIfNull(region);
        return region.Outline.Length >= 3 && Around(region.Outline.AsSpan()) is { Area: > 0 } outline ? outline : Of(region.Box);
    }

    /// <summary>
    /// The one of least area around points, turned so that it reads as near to left-to-right as its sides allow. One side
    /// of it lies on an edge of the convex hull (Freeman and Shapira, Determining the minimum-area encasing rectangle for an
    /// arbitrary closed curve, 1975).
    /// </summary>
    /// <param name="points">At least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static RotatedBox Around(ReadOnlySpan<Vector2> points)
    {
        if (points.IsEmpty)
        {
            throw new ArgumentException("Expected at least one point, but received none.", nameof(points));
        }

        var hull = ConvexHull(points);
        var best = Enclose(hull, Vector2.UnitX);
        for (var i = 0; i < hull.Length; i++)
        {
            var edge = hull[(i + 1) % hull.Length] - hull[i];
            if (edge.LengthSquared() > 0 && Enclose(hull, Vector2.Normalize(edge)) is var box && box.Area < best.Area * (1 - 1e-5f))
            {
                best = box;
            }
        }

        return best;
    }

    /// <summary>Grown on every side by so many pixels.</summary>
    public RotatedBox Grow(float pixels) => this with
    {
        Along = Lengthen(Along, Across, pixels),
        Across = Lengthen(Across, new Vector2(-Along.Y, Along.X), pixels),
    };

    /// <summary>The same in coordinates of which one is <paramref name="factor"/> of the old, moved by <paramref name="offset"/> afterwards.</summary>
    public RotatedBox Scale(float factor, Vector2 offset) => new((Center * factor) + offset, Along * factor, Across * factor);

    /// <summary>The same rectangle read in the direction of its other side: turned by a quarter, clockwise as seen in a picture.</summary>
    public RotatedBox Turned() => new(Center, Across, -Along);

    /// <summary>The area common with another, square pixels (Sutherland and Hodgman, Reentrant Polygon Clipping, 1974).</summary>
    public float CommonArea(RotatedBox other)
    {
        if (Bounds.Intersect(other.Bounds).IsEmpty)
        {
            return 0;
        }

        List<Vector2> polygon = [.. Corners];
        foreach (var (normal, limit) in new[] { other.Side(other.Along), other.Side(-other.Along), other.Side(other.Across), other.Side(-other.Across) })
        {
            polygon = Clip(polygon, normal, limit);
        }

        var twice = 0f;
        for (var i = 0; i < polygon.Count; i++)
        {
            var (from, to) = (polygon[i] - Center, polygon[(i + 1) % polygon.Count] - Center);
            twice += (from.X * to.Y) - (from.Y * to.X);
        }

        return Math.Abs(twice) / 2;
    }

    /// <summary>The half plane in which the rectangle lies, as seen from one of its sides.</summary>
    private (Vector2 Normal, float Limit) Side(Vector2 toSide) => (toSide, Vector2.Dot(toSide, Center + toSide));

    private static List<Vector2> Clip(List<Vector2> polygon, Vector2 normal, float limit)
    {
        var kept = new List<Vector2>(polygon.Count + 1);
        for (var i = 0; i < polygon.Count; i++)
        {
            var (from, to) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            var (before, after) = (Vector2.Dot(normal, from) - limit, Vector2.Dot(normal, to) - limit);
            if (before <= 0)
            {
                kept.Add(from);
            }

            if ((before < 0 && after > 0) || (before > 0 && after < 0))
            {
                kept.Add(Vector2.Lerp(from, to, before / (before - after)));
            }
        }

        return kept;
    }

    private static Vector2 Lengthen(Vector2 half, Vector2 fallback, float pixels)
    {
        // A rectangle without extent on this axis still has a direction there, given by the other one.
        var direction = half.LengthSquared() > 0 ? Vector2.Normalize(half)
            : fallback.LengthSquared() > 0 ? Vector2.Normalize(new Vector2(fallback.Y, -fallback.X)) : Vector2.Zero;
        return half + (direction * pixels);
    }

    /// <summary>Encloses points in a rectangle with one side along a direction, which reads as near to left-to-right as can be.</summary>
    private static RotatedBox Enclose(ReadOnlySpan<Vector2> hull, Vector2 direction)
    {
        // Of the four directions in which a rectangle can be read, the one nearest to the right.
        var along = Math.Abs(direction.X) >= Math.Abs(direction.Y) ? direction : new Vector2(direction.Y, -direction.X);
        along = along.X < 0 ? -along : along;
        var across = new Vector2(-along.Y, along.X);
        var (low, high) = (new Vector2(float.PositiveInfinity), new Vector2(float.NegativeInfinity));
        foreach (var point in hull)
        {
            var place = new Vector2(Vector2.Dot(point, along), Vector2.Dot(point, across));
            (low, high) = (Vector2.Min(low, place), Vector2.Max(high, place));
        }

        var (middle, half) = ((low + high) / 2, (high - low) / 2);
        return new RotatedBox((along * middle.X) + (across * middle.Y), along * half.X, across * half.Y);
    }

    /// <summary>The convex hull (Andrew, Another efficient algorithm for convex hulls in two dimensions, 1979).</summary>
    private static Vector2[] ConvexHull(ReadOnlySpan<Vector2> points)
    {
        var sorted = points.ToArray();
        Array.Sort(sorted, static (a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y));
        var hull = new Vector2[(2 * sorted.Length) + 1];
        var count = 0;
        for (var pass = 0; pass < 2; pass++)
        {
            var start = count;
            foreach (var point in sorted)
            {
                while (count >= start + 2 && Cross(hull[count - 1] - hull[count - 2], point - hull[count - 2]) <= 0)
                {
                    count--;
                }

                hull[count++] = point;
            }

            // The last point of each half is the first of the other.
            count--;
            Array.Reverse(sorted);
        }

        return count == 0 ? [sorted[0]] : hull[..count];
    }

    private static float Cross(Vector2 a, Vector2 b) => (a.X * b.Y) - (a.Y * b.X);
}
