using System.Numerics;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Explanation;

/// <summary>Draws what was found of a region over an Rgb24 picture: its box, its five points, and its dense contours.</summary>
/// <param name="target">The picture.</param>
internal sealed class Marks(PixelBuffer target)
{
    private static readonly Rgb Found = new(60, 220, 90);
    private static readonly Rgb Contour = new(255, 210, 40);
    private static readonly Rgb Landmark = new(255, 70, 90);

    private readonly int _thickness = Math.Max(2, target.Width / 300);

    public void Draw(Region region)
    {
        Outline(region.Box);
        if (region.Points is { } points)
        {
            Line(points.Outline, closed: true);
            Line(points.LeftEye, closed: true);
            Line(points.RightEye, closed: true);
            Line(points.Lips, closed: true);
            Line(points.LeftBrow, closed: false);
            Line(points.RightBrow, closed: false);
        }
        else if (!region.Outline.IsDefaultOrEmpty)
        {
            Line(region.Outline, closed: true);
        }

        foreach (var point in (region.Landmarks ?? region.Points?.ToLandmarks())?.Points ?? [])
        {
            Dot(point, _thickness + 1, Landmark);
        }
    }

    private void Outline(Box box)
    {
        var outer = box.ToPixels();
        var inner = outer.Inflate(-_thickness);
        var seen = outer.Intersect(target.Bounds);
        for (var y = seen.Top; y < seen.Bottom; y++)
        {
            for (var x = seen.Left; x < seen.Right; x++)
            {
                if (x < inner.Left || x >= inner.Right || y < inner.Top || y >= inner.Bottom)
                {
                    Set(x, y, Found);
                }
            }
        }
    }

    private void Line(IReadOnlyList<Vector2> points, bool closed)
    {
        for (var i = closed ? 0 : 1; i < points.Count; i++)
        {
            var (from, to) = (points[(i + points.Count - 1) % points.Count], points[i]);

            // No more steps than the picture has pixels across: points may lie anywhere.
            var steps = (int)Math.Min(Vector2.Distance(from, to), target.Width + target.Height) + 1;
            for (var step = 0; step <= steps; step++)
            {
                Dot(Vector2.Lerp(from, to, (float)step / steps), _thickness / 2, Contour);
            }
        }
    }

    private void Dot(Vector2 point, int side, Rgb colour)
    {
        var area = new Box(point.X - (side / 2f), point.Y - (side / 2f), point.X + (side / 2f), point.Y + (side / 2f))
            .Intersect(new Box(0, 0, target.Width, target.Height));
        if (area.IsEmpty)
        {
            return;
        }

        var pixels = area.ToPixels();
        for (var y = pixels.Top; y < pixels.Bottom; y++)
        {
            for (var x = pixels.Left; x < pixels.Right; x++)
            {
                Set(x, y, colour);
            }
        }
    }

    private void Set(int x, int y, Rgb colour)
    {
        var row = target.Row(y);
        (row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]) = (colour.R, colour.G, colour.B);
    }
}
