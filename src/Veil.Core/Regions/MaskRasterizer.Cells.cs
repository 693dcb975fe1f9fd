using System.Numerics;
using Veil.Imaging;

namespace Veil.Regions;

public static partial class MaskRasterizer
{
    /// <summary>
    /// Brings a mask of coarse or fine cells, as networks give it, to a picture's pixels. A pixel is covered where it touches a
    /// covered cell or lies between the middles of such: the mask only grows on the way, by less than a cell.
    /// </summary>
    /// <param name="cells">The mask; anything but 0 is covered.</param>
    /// <param name="corner">Where the first cell's outer corner lies in the picture, pixels.</param>
    /// <param name="cellsPerPixel">Cells along one side of a pixel, above 0.</param>
    /// <param name="bounds">Pixels to fill; not empty.</param>
    /// <returns>Null where no pixel is covered.</returns>
    public static RegionMask? FromCells(RegionMask cells, Vector2 corner, float cellsPerPixel, PixelRect bounds)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cellsPerPixel);
        var coverage = new byte[bounds.Width * bounds.Height];
        var any = false;
        for (var y = bounds.Top; y < bounds.Bottom; y++)
        {
            var rows = Cells(y - corner.Y, cellsPerPixel);
            for (var x = bounds.Left; x < bounds.Right; x++)
            {
                if (IsCovered(cells, Cells(x - corner.X, cellsPerPixel), rows))
                {
                    coverage[((y - bounds.Top) * bounds.Width) + x - bounds.Left] = Covered;
                    any = true;
                }
            }
        }

        return any ? new RegionMask(bounds, coverage) : null;
    }

    private static (int First, int Last) Cells(float pixel, float scale) =>
        ((int)MathF.Floor((pixel * scale) - 0.5f), (int)MathF.Ceiling(((pixel + 1) * scale) - 0.5f));

    private static bool IsCovered(RegionMask cells, (int First, int Last) columns, (int First, int Last) rows)
    {
        for (var y = rows.First; y <= rows.Last; y++)
        {
            for (var x = columns.First; x <= columns.Last; x++)
            {
                if (cells[x, y] > 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
