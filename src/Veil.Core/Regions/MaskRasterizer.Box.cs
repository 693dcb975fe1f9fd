using Veil.Imaging;

namespace Veil.Regions;

public static partial class MaskRasterizer
{
    /// <summary>Covers every pixel that a box touches; the soft edge has rounded corners.</summary>
    /// <param name="box">The box, not empty; may reach over the border.</param>
    /// <param name="softEdge">Width of the soft edge in pixels, 0 or more.</param>
    /// <param name="picture">The pixels there are.</param>
    /// <exception cref="InvalidOperationException">An edge is not finite, or too large for a pixel index.</exception>
    public static RegionMask? Rasterize(Box box, float softEdge, PixelRect picture)
    {
        var covered = box.ToPixels();
        var edge = new SoftEdge(softEdge);
        if (Allocate(covered, edge, picture) is not var (bounds, coverage))
        {
            return null;
        }

        for (var y = bounds.Top; y < bounds.Bottom; y++)
        {
            var row = coverage.AsSpan((y - bounds.Top) * bounds.Width, bounds.Width);
            var dy = Math.Max(0, Math.Max(covered.Top - (y + 0.5f), y + 0.5f - covered.Bottom));
            var inside = Math.Max(covered.Left, bounds.Left)..Math.Min(covered.Right, bounds.Right);
            row[(inside.Start.Value - bounds.Left)..(inside.End.Value - bounds.Left)].Fill(dy > 0 ? edge.At(dy) : Covered);
            for (var x = bounds.Left; x < covered.Left; x++)
            {
                row[x - bounds.Left] = edge.At(MathF.Sqrt((dy * dy) + Square(covered.Left - (x + 0.5f))));
            }

            for (var x = covered.Right; x < bounds.Right; x++)
            {
                row[x - bounds.Left] = edge.At(MathF.Sqrt((dy * dy) + Square(x + 0.5f - covered.Right)));
            }
        }

        return Finish(bounds, coverage);
    }

    private static float Square(float value) => value * value;
}
