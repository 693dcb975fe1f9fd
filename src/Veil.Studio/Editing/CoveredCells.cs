using Veil.Regions;

namespace Veil.Studio.Editing;

/// <summary>A mask seen through square cells: one is covered when half of its pixels are, for certain.</summary>
internal sealed class CoveredCells
{
    private readonly bool[] _covered;

    /// <summary>Looks at a mask.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="cell">Side of a cell, pixels.</param>
    public CoveredCells(RegionMask mask, int cell)
    {
        var bounds = mask.Bounds;
        (Columns, Rows) = ((bounds.Width + cell - 1) / cell, (bounds.Height + cell - 1) / cell);
        var counts = new int[Columns * Rows];
        for (var y = 0; y < bounds.Height; y++)
        {
            var row = mask.Row(bounds.Top + y);
            for (var x = 0; x < row.Length; x++)
            {
                counts[((y / cell) * Columns) + (x / cell)] += row[x] == byte.MaxValue ? 1 : 0;
            }
        }

        _covered = [.. counts.Select((count, at) => 2 * count >= PixelsOf(at % Columns, at / Columns))];

        int PixelsOf(int column, int row) => Math.Min(cell, bounds.Width - (column * cell)) * Math.Min(cell, bounds.Height - (row * cell));
    }

    /// <summary>Cells from left to right.</summary>
    public int Columns { get; }

    /// <summary>Cells from top to bottom.</summary>
    public int Rows { get; }

    /// <summary>Whether a cell is covered; none outside is.</summary>
    public bool this[int column, int row] => column >= 0 && row >= 0 && column < Columns && row < Rows && _covered[(row * Columns) + column];
}
