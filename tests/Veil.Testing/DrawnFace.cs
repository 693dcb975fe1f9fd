using System.Numerics;
using Veil.Regions;

namespace Veil.Testing;

/// <summary>The 68 points of a face drawn by a few curves, the same on every machine.</summary>
public static class DrawnFace
{
    /// <summary>The points of an upright face that fills a box from hairline to chin.</summary>
    public static FacePoints In(Box box) => new(
        FacePointLayout.Ibug68, [.. Unit().Select(point => new Vector2(box.Left + (point.X * box.Width), box.Top + (point.Y * box.Height)))]);

    /// <summary>A face region with these points.</summary>
    public static Region Region(Box box) =>
        new(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)) { Points = In(box), Landmarks = In(box).ToLandmarks() };

    private static IEnumerable<Vector2> Unit() =>
    [
        .. Arc(17, 0.5f, 0.42f, 0.46f, 0.56f, MathF.PI, 0),
        .. Arc(5, 0.28f, 0.33f, 0.14f, -0.05f, MathF.PI, 0), .. Arc(5, 0.72f, 0.33f, 0.14f, -0.05f, MathF.PI, 0),
        .. Enumerable.Range(0, 4).Select(i => new Vector2(0.5f, 0.42f + (0.06f * i))), .. Arc(5, 0.5f, 0.64f, 0.1f, 0.03f, MathF.PI, 0),
        .. Arc(6, 0.3f, 0.42f, 0.1f, 0.035f, MathF.PI, MathF.PI * 8 / 3), .. Arc(6, 0.7f, 0.42f, 0.1f, 0.035f, MathF.PI, MathF.PI * 8 / 3),
        .. Arc(12, 0.5f, 0.8f, 0.17f, 0.06f, MathF.PI, MathF.PI * 17 / 6), .. Arc(8, 0.5f, 0.8f, 0.12f, 0.02f, MathF.PI, MathF.PI * 11 / 4),
    ];

    private static IEnumerable<Vector2> Arc(int count, float x, float y, float width, float height, float from, float to) =>
        Enumerable.Range(0, count).Select(i => from + ((to - from) * i / (count - 1)))
            .Select(angle => new Vector2(x + (width * MathF.Cos(angle)), y + (height * MathF.Sin(angle))));
}
