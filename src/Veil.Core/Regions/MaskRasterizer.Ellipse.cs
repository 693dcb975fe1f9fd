using Veil.Imaging;

namespace Veil.Regions;

public static partial class MaskRasterizer
{
    /// <summary>Covers every pixel that the ellipse inscribed in a box touches.</summary>
    /// <remarks>
    /// A pixel touches the ellipse when its point nearest to the centre, each axis by itself, lies inside. The soft edge
    /// takes the usual first-order distance k₀(k₀−1)/k₁ with k₀ = |p/r|, k₁ = |p/r²|: exact on the axes, and smooth.
    /// </remarks>
    /// <param name="box">The box around the ellipse, not empty; may reach over the border.</param>
    /// <param name="softEdge">Width of the soft edge in pixels, 0 or more.</param>
    /// <param name="picture">The pixels there are.</param>
    /// <exception cref="InvalidOperationException">An edge is not finite, or too large for a pixel index.</exception>
    public static RegionMask? RasterizeEllipse(Box box, float softEdge, PixelRect picture)
    {
        var edge = new SoftEdge(softEdge);
        if (Allocate(box.ToPixels(), edge, picture) is not var (bounds, coverage))
        {
            return null;
        }

        var ellipse = new Ellipse(box);
        // The curve at a constant distance bulges a little beyond the ellipse with larger axes.
        var outer = ellipse.Inflate((1.3 * softEdge) + 1);
        for (var y = bounds.Top; y < bounds.Bottom; y++)
        {
            var row = coverage.AsSpan((y - bounds.Top) * bounds.Width, bounds.Width);
            var covered = ellipse.Row(y, bounds);
            row[(covered.Start - bounds.Left)..(covered.End - bounds.Left)].Fill(Covered);
            if (softEdge > 0)
            {
                var soft = outer.Row(y, bounds);
                var split = covered.Start < covered.End ? covered : (Start: soft.End, soft.End);
                for (var x = soft.Start; x < split.Start; x++)
                {
                    row[x - bounds.Left] = edge.At(ellipse.Distance(x + 0.5f, y + 0.5f));
                }

                for (var x = split.End; x < soft.End; x++)
                {
                    row[x - bounds.Left] = edge.At(ellipse.Distance(x + 0.5f, y + 0.5f));
                }
            }
        }

        return Finish(bounds, coverage);
    }

    private readonly record struct Ellipse(double CenterX, double CenterY, double RadiusX, double RadiusY)
    {
        public Ellipse(Box box)
            : this(((double)box.Left + box.Right) / 2, ((double)box.Top + box.Bottom) / 2, ((double)box.Right - box.Left) / 2, ((double)box.Bottom - box.Top) / 2)
        {
        }

        public Ellipse Inflate(double pixels) => this with { RadiusX = RadiusX + pixels, RadiusY = RadiusY + pixels };

        /// <summary>Columns touched in row <paramref name="y"/>, half-open and inside the limits; empty when none.</summary>
        public (int Start, int End) Row(int y, PixelRect limits)
        {
            var nearest = Math.Clamp(CenterY, y, y + 1.0);
            var height = (nearest - CenterY) / RadiusY;
            var square = 1 - (height * height);
            if (square <= 0)
            {
                return (limits.Left, limits.Left);
            }

            var half = RadiusX * Math.Sqrt(square);
            return Touched(CenterX - half, CenterX + half, limits.Left, limits.Right);
        }

        /// <summary>Pixels from the ellipse's border; below 0 inside.</summary>
        public float Distance(float x, float y)
        {
            var px = (float)((x - CenterX) / RadiusX);
            var py = (float)((y - CenterY) / RadiusY);
            var k0 = MathF.Sqrt((px * px) + (py * py));
            var k1 = MathF.Sqrt(Square(px / (float)RadiusX) + Square(py / (float)RadiusY));
            return k1 == 0 ? float.MinValue : k0 * (k0 - 1) / k1;
        }
    }
}
