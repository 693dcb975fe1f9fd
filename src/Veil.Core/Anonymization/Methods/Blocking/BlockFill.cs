using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Methods.Blocking;

/// <summary>
/// Fills the cells of one set from all others. It goes tile by tile: inpainting by fast marching takes a time that grows with
/// the square of the pixels on all borders, and a cell does not depend on what lies beyond its surroundings.
/// </summary>
internal static class BlockFill
{
    /// <summary>A tile is about as wide, pixels.</summary>
    private const int Tile = 96;

    /// <summary>Writes the cells of one set.</summary>
    /// <param name="source">The original, <see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <param name="target">Of the same size and format; written where the set's cells are.</param>
    /// <param name="grid">The cells.</param>
    /// <param name="set">Which set.</param>
    /// <param name="inpaint">Fills.</param>
    /// <param name="reach">How far from a cell the filling looks, pixels.</param>
    public static void Apply(PixelBuffer source, PixelBuffer target, CellGrid grid, int set, Inpainter inpaint, int reach)
    {
        var cells = Math.Max(2, Tile / grid.Side / 2 * 2);
        var (endColumn, endRow) = (grid.Column(source.Width - 1) + 1, grid.Row(source.Height - 1) + 1);
        for (var row = grid.Row(0) & ~1; row < endRow; row += cells)
        {
            for (var column = grid.Column(0) & ~1; column < endColumn; column += cells)
            {
                var tile = grid.Pixels(column, row, column + cells, row + cells).Intersect(source.Bounds);
                var blank = Blank(grid, set, tile);
                if (!blank.IsEmpty)
                {
                    Apply(source, target, grid, set, inpaint, blank, blank.Inflate(reach).Intersect(source.Bounds));
                }
            }
        }
    }

    /// <summary>The smallest rectangle around the set's cells in a tile.</summary>
    private static PixelRect Blank(CellGrid grid, int set, PixelRect tile)
    {
        var blank = new PixelRect(tile.Right, tile.Bottom, tile.Left, tile.Top);
        for (var row = grid.Row(tile.Top); row <= grid.Row(tile.Bottom - 1); row++)
        {
            for (var column = grid.Column(tile.Left); column <= grid.Column(tile.Right - 1); column++)
            {
                if (grid.SetOf(column, row) == set)
                {
                    var cell = grid.Pixels(column, row, column + 1, row + 1).Intersect(tile);
                    blank = new PixelRect(
                        Math.Min(blank.Left, cell.Left), Math.Min(blank.Top, cell.Top), Math.Max(blank.Right, cell.Right), Math.Max(blank.Bottom, cell.Bottom));
                }
            }
        }

        return blank;
    }

    private static void Apply(PixelBuffer source, PixelBuffer target, CellGrid grid, int set, Inpainter inpaint, PixelRect blank, PixelRect seen)
    {
        using var tile = source.View(seen).Clone();
        var hole = new byte[seen.Width * seen.Height];
        for (var y = seen.Top; y < seen.Bottom; y++)
        {
            var row = hole.AsSpan((y - seen.Top) * seen.Width, seen.Width);
            for (var x = seen.Left; x < seen.Right; x++)
            {
                row[x - seen.Left] = grid.SetOf(grid.Column(x), grid.Row(y)) == set ? byte.MaxValue : (byte)0;
            }
        }

        inpaint(tile, new RegionMask(tile.Bounds, hole));
        for (var y = blank.Top; y < blank.Bottom; y++)
        {
            var from = tile.Row(y - seen.Top);
            var to = target.Row(y);
            for (var x = blank.Left; x < blank.Right; x++)
            {
                if (hole[((y - seen.Top) * seen.Width) + x - seen.Left] != 0)
                {
                    from.Slice((x - seen.Left) * 3, 3).CopyTo(to[(x * 3)..]);
                }
            }
        }
    }
}
