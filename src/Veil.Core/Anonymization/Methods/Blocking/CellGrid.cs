using Veil.Imaging;

namespace Veil.Anonymization.Methods.Blocking;

/// <summary>Square cells in rows and columns, each in one of a few sets whose cells do not lie side by side.</summary>
/// <param name="Left">Where a cell begins, pixels; any cell.</param>
/// <param name="Top">Where a cell begins, pixels; any cell.</param>
/// <param name="Side">Columns and rows of a cell, at least 1.</param>
/// <param name="Sets">4: by the parities of row and column; 2: as on a chessboard.</param>
internal readonly record struct CellGrid(int Left, int Top, int Side, int Sets)
{
    /// <summary>The column of cells that a pixel column lies in.</summary>
    public int Column(int x) => Floor(x - Left);

    /// <summary>The row of cells that a pixel row lies in.</summary>
    public int Row(int y) => Floor(y - Top);

    /// <summary>The set of a cell, 0..<see cref="Sets"/>−1.</summary>
    public int SetOf(int column, int row) => Sets == 2 ? (column + row) & 1 : (column & 1) + (2 * (row & 1));

    /// <summary>The pixels of some cells.</summary>
    public PixelRect Pixels(int firstColumn, int firstRow, int endColumn, int endRow) => new(
        Left + (firstColumn * Side), Top + (firstRow * Side), Left + (endColumn * Side), Top + (endRow * Side));

    private int Floor(int distance) => (int)Math.Floor((double)distance / Side);
}
