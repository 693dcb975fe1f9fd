using System.Collections.Immutable;
using System.Numerics;
using Veil.Regions;

namespace Veil.Tracking;

/// <summary>The shape of a region in a frame, from detections in it or around it, moved as the box has.</summary>
internal static class TrackShape
{
    /// <summary>All that any of the masks covers; null where a detection has none.</summary>
    /// <param name="detections">The frame's own, or one before and one after; may be empty.</param>
    /// <param name="place">The box in the frame.</param>
    public static RegionMask? Mask(IReadOnlyList<Region> detections, Box place)
    {
        RegionMask? all = null;
        foreach (var detection in detections)
        {
            if ((detection.Box == place ? detection.Mask : detection.Mask?.Moved(detection.Box, place)) is not { } mask)
            {
                return null;
            }

            all = all?.Union(mask) ?? mask;
        }

        return all;
    }

    /// <summary>The frame's own outline, or the convex hull of those before and after; empty where a detection has none.</summary>
    /// <param name="detections">The frame's own, or one before and one after; may be empty.</param>
    /// <param name="place">The box in the frame.</param>
    public static ImmutableArray<Vector2> Outline(IReadOnlyList<Region> detections, Box place) => detections switch
    {
        [] => [],
        [var own] when own.Box == place => own.Outline,
        _ when detections.Any(detection => detection.Outline.Length < 3) => [],
        _ => Hull([.. detections.SelectMany(detection => detection.Outline.Select(point => Moved(point, detection.Box, place)))]),
    };

    private static Vector2 Moved(Vector2 point, Box from, Box to) => new(
        to.Left + ((point.X - from.Left) / from.Width * to.Width), to.Top + ((point.Y - from.Top) / from.Height * to.Height));

    /// <summary>Andrew's monotone chain (1979).</summary>
    private static ImmutableArray<Vector2> Hull(List<Vector2> points)
    {
        points.Sort((a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y));
        var hull = new List<Vector2>();
        foreach (var way in new[] { points, Enumerable.Reverse(points).ToList() })
        {
            var start = hull.Count;
            foreach (var point in way)
            {
                while (hull.Count >= start + 2 && Cross(hull[^2], hull[^1], point) <= 0)
                {
                    hull.RemoveAt(hull.Count - 1);
                }

                hull.Add(point);
            }

            // The last point of one way is the first of the other.
            hull.RemoveAt(hull.Count - 1);
        }

        return hull.Count >= 3 ? [.. hull] : [];
    }

    private static float Cross(Vector2 origin, Vector2 a, Vector2 b) => ((a.X - origin.X) * (b.Y - origin.Y)) - ((a.Y - origin.Y) * (b.X - origin.X));
}
