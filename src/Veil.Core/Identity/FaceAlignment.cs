using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Identity;

/// <summary>
/// How a face must be turned, scaled and moved to lie as recognition networks want it: eyes, nose and mouth corners on five
/// fixed points of a square. Immutable.
/// </summary>
/// <remarks>
/// The similarity transform of least squares after Umeyama, "Least-squares estimation of transformation parameters between
/// two point patterns" (1991); the points are those of ArcFace and SFace, moved by half a pixel to edge coordinates.
/// </remarks>
public sealed class FaceAlignment
{
    /// <summary>Columns and rows of an aligned face, pixels.</summary>
    public const int Side = 112;

    private readonly Matrix3x2 _toPicture;

    private FaceAlignment(Matrix3x2 toPicture, float sourceSide, float residual) =>
        (_toPicture, SourceSide, Residual) = (toPicture, sourceSide, residual);

    /// <summary>Where an aligned face has its five points, in pixel-edge coordinates.</summary>
    public static FaceLandmarks Points { get; } = new(
        new(38.7946f, 52.1963f), new(74.0318f, 52.0014f), new(56.5252f, 72.2366f), new(42.0493f, 92.8655f), new(71.2299f, 92.7041f));

    // After the property: fields are set in the order in which they stand here.
    private static readonly Vector2[] Template = [.. Points.Points];

    /// <summary>Side of the square in the picture that becomes the aligned face, pixels: how much detail there is.</summary>
    public float SourceSide { get; }

    /// <summary>
    /// How far the five points are from where a face seen from the front has them: root mean square over the points, as a
    /// fraction of the aligned side. Grows when the head turns, and with points that are no face's.
    /// </summary>
    public float Residual { get; }

    /// <summary>Fits the template to the five points.</summary>
    /// <param name="landmarks">In pixel-edge coordinates of the picture.</param>
    /// <returns>Null when the points are not finite or lie on one spot.</returns>
    public static FaceAlignment? Of(FaceLandmarks landmarks)
    {
        ArgumentNullException.ThrowIfNull(landmarks);
        Vector2[] points = [landmarks.LeftEye, landmarks.RightEye, landmarks.Nose, landmarks.LeftMouth, landmarks.RightMouth];
        double meanX = 0, meanY = 0, targetX = 0, targetY = 0;
        for (var i = 0; i < points.Length; i++)
        {
            (meanX, meanY) = (meanX + (points[i].X / 5.0), meanY + (points[i].Y / 5.0));
            (targetX, targetY) = (targetX + (Template[i].X / 5.0), targetY + (Template[i].Y / 5.0));
        }

        double spread = 0, along = 0, across = 0;
        for (var i = 0; i < points.Length; i++)
        {
            var (x, y) = (points[i].X - meanX, points[i].Y - meanY);
            var (u, v) = (Template[i].X - targetX, Template[i].Y - targetY);
            spread += (x * x) + (y * y);
            along += (x * u) + (y * v);
            across += (x * v) - (y * u);
        }

        // Turning by (along, across) and scaling by their length over the spread takes the points nearest to the template.
        var (cos, sin) = (along / spread, across / spread);
        var scale = Math.Sqrt((cos * cos) + (sin * sin));
        if (!(scale > 0) || !double.IsFinite(scale) || !double.IsFinite(Side / scale))
        {
            return null;
        }

        var squares = 0.0;
        for (var i = 0; i < points.Length; i++)
        {
            var (x, y) = (points[i].X - meanX, points[i].Y - meanY);
            var (right, down) = ((cos * x) - (sin * y) + targetX - Template[i].X, (sin * x) + (cos * y) + targetY - Template[i].Y);
            squares += (right * right) + (down * down);
        }

        // Backwards: from the template to the picture.
        var back = 1 / (scale * scale);
        var (a, b) = (cos * back, sin * back);
        var toPicture = new Matrix3x2(
            (float)a, (float)-b, (float)b, (float)a,
            (float)(meanX - (a * targetX) - (b * targetY)), (float)(meanY + (b * targetX) - (a * targetY)));
        return new FaceAlignment(toPicture, (float)(Side / scale), (float)(Math.Sqrt(squares / points.Length) / Side));
    }

    /// <summary>Cuts the aligned face out of a frame; decodes no more of it than it needs.</summary>
    /// <param name="frame">The frame that the points belong to; only read.</param>
    /// <param name="inside">Share of the square that lies in the picture, 0..1; the rest is black.</param>
    /// <returns><see cref="PixelFormat.Rgb24"/>, <see cref="Side"/> by <see cref="Side"/>; owned by the caller.</returns>
    /// <exception cref="Errors.VeilException">The pixels cannot be decoded.</exception>
    public PixelBuffer Cut(Frame frame, out float inside)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var face = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        inside = 0;
        var area = Area().Intersect(new PixelRect(0, 0, frame.Width, frame.Height));
        if (area.IsEmpty)
        {
            return face;
        }

        using var source = Reduced(frame.PixelsIn(area), area);
        var toSource = _toPicture * Matrix3x2.CreateTranslation(-area.Left, -area.Top)
            * Matrix3x2.CreateScale((float)source.Width / area.Width, (float)source.Height / area.Height);
        using var drawn = new PixelBuffer(Side, Side, PixelFormat.Rgba32);
        AffineWarp.Apply(source.Span, source.Stride, source.Width, source.Height, drawn.Span, drawn.Stride, Side, Side, toSource);
        var solid = 0;
        for (var y = 0; y < Side; y++)
        {
            var row = drawn.Row(y);
            for (var x = 0; x < Side; x++)
            {
                solid += row[(4 * x) + 3] >> 7;
            }

            PixelConversion.RowToRgb24(row, PixelFormat.Rgba32, face.Row(y));
        }

        inside = solid / (float)(Side * Side);
        return face;
    }

    // Every pixel that the square touches, and those beside them that are mixed in.
    private PixelRect Area()
    {
        Vector2[] corners = [.. new Vector2[] { new(0, 0), new(Side, 0), new(0, Side), new(Side, Side) }.Select(corner => Vector2.Transform(corner, _toPicture))];
        const float farthest = 1 << 23;
        var low = Vector2.Clamp(corners.Aggregate(Vector2.Min), new Vector2(-farthest), new Vector2(farthest));
        var high = Vector2.Clamp(corners.Aggregate(Vector2.Max), new Vector2(-farthest), new Vector2(farthest));
        return new Box(low.X, low.Y, high.X, high.Y).ToPixels().Inflate(1 + (2 * Factor));
    }

    /// <summary>By how much a large face is reduced before it is turned, so that none of its pixels is passed over.</summary>
    private int Factor => (int)Math.Clamp(SourceSide / Side, 1, 1024);

    private PixelBuffer Reduced(PixelBuffer pixels, PixelRect area)
    {
        using var rgb = new PixelBuffer(area.Width, area.Height, PixelFormat.Rgb24);
        PixelConversion.ToRgb24(pixels, area, rgb);
        using var small = new PixelBuffer(Math.Max(1, area.Width / Factor), Math.Max(1, area.Height / Factor), PixelFormat.Rgb24);
        Resampler.Apply(rgb.Span, rgb.Stride, rgb.Width, rgb.Height, small.Span, small.Stride, small.Width, small.Height, 3, Resampling.Area);
        var solid = new PixelBuffer(small.Width, small.Height, PixelFormat.Rgba32);
        for (var y = 0; y < small.Height; y++)
        {
            var from = MemoryMarshal.Cast<byte, Rgb>(small.Row(y));
            var to = solid.Row(y);
            for (var x = 0; x < from.Length; x++)
            {
                (to[4 * x], to[(4 * x) + 1], to[(4 * x) + 2], to[(4 * x) + 3]) = (from[x].R, from[x].G, from[x].B, byte.MaxValue);
            }
        }

        return solid;
    }
}
