using System.Collections.Immutable;
using System.Numerics;
using Veil.Imaging;

namespace Veil.Regions;

/// <summary>
/// An axis-aligned rectangle in pixel-edge coordinates: (0, 0) is the top-left corner of the first pixel, a picture
/// spans (0, 0, width, height), and a pixel's centre lies at half coordinates. Half-open. The only box convention in Veil;
/// readers of other conventions convert at their door.
/// </summary>
/// <param name="Left">Left edge, pixels.</param>
/// <param name="Top">Top edge, pixels.</param>
/// <param name="Right">Right edge, pixels.</param>
/// <param name="Bottom">Bottom edge, pixels.</param>
public readonly record struct Box(float Left, float Top, float Right, float Bottom)
{
    /// <summary>Horizontal extent, pixels.</summary>
    public float Width => Right - Left;

    /// <summary>Vertical extent, pixels.</summary>
    public float Height => Bottom - Top;

    /// <summary>Area in square pixels; 0 when empty.</summary>
    public float Area => IsEmpty ? 0 : Width * Height;

    /// <summary>True when nothing lies inside, also when an edge is not a number.</summary>
    public bool IsEmpty => !(Right > Left && Bottom > Top);

    /// <summary>Horizontal centre.</summary>
    public float CenterX => (Left + Right) / 2;

    /// <summary>Vertical centre.</summary>
    public float CenterY => (Top + Bottom) / 2;

    /// <summary>The longer side, pixels. Relative strengths refer to it.</summary>
    public float LongSide => Math.Max(Width, Height);

    /// <summary>A box from its top-left corner and size.</summary>
    public static Box FromSize(float left, float top, float width, float height) => new(left, top, left + width, top + height);

    /// <summary>A box around whole pixels.</summary>
    public static Box Of(PixelRect pixels) => new(pixels.Left, pixels.Top, pixels.Right, pixels.Bottom);

    /// <summary>The smallest box around points; empty when they lie on a line along an axis.</summary>
    /// <param name="points">At least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Box Around(ImmutableArray<Vector2> points)
    {
        if (points.IsDefaultOrEmpty)
        {
            throw new ArgumentException("Expected at least one point, but received none.", nameof(points));
        }

        var (low, high) = (points[0], points[0]);
        foreach (var point in points)
        {
            (low, high) = (Vector2.Min(low, point), Vector2.Max(high, point));
        }

        return new Box(low.X, low.Y, high.X, high.Y);
    }

    /// <summary>The common part; check <see cref="IsEmpty"/>.</summary>
    public Box Intersect(Box other) => new(
        Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));

    /// <summary>The smallest box around both.</summary>
    public Box Union(Box other) => new(
        Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>Intersection over union, 0..1; 0 when either is empty.</summary>
    public float IoU(Box other)
    {
        var common = Intersect(other).Area;
        return common <= 0 ? 0 : common / (Area + other.Area - common);
    }

    /// <summary>Grown on every side by a fraction of its own width (left, right) and height (top, bottom).</summary>
    public Box Grow(float fraction) => new(
        Left - (Width * fraction), Top - (Height * fraction), Right + (Width * fraction), Bottom + (Height * fraction));

    /// <summary>All coordinates multiplied.</summary>
    public Box Scale(float x, float y) => new(Left * x, Top * y, Right * x, Bottom * y);

    /// <summary>Moved.</summary>
    public Box Offset(float dx, float dy) => new(Left + dx, Top + dy, Right + dx, Bottom + dy);

    /// <summary>Every pixel that the box touches, however slightly: edges round outwards. Not clipped to any picture.</summary>
    /// <exception cref="InvalidOperationException">An edge is not finite, or beyond what a pixel index can hold.</exception>
    public PixelRect ToPixels()
    {
        const float limit = 1 << 24;
        if (!(Math.Abs(Left) <= limit && Math.Abs(Top) <= limit && Math.Abs(Right) <= limit && Math.Abs(Bottom) <= limit))
        {
            throw new InvalidOperationException($"Expected finite box edges within ±{limit}, but received {this}.");
        }

        return new PixelRect((int)MathF.Floor(Left), (int)MathF.Floor(Top), (int)MathF.Ceiling(Right), (int)MathF.Ceiling(Bottom));
    }
}
