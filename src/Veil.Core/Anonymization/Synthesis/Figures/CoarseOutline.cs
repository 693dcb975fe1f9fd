using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis.Figures;

/// <summary>
/// The outline of a body without its detail: the body is drawn with forty cells on its longer side and softened. A stance and a wide coat are
/// still seen, a haircut, a nose and the fall of a cloth are not.
/// </summary>
internal sealed class CoarseOutline
{
    private const int Cells = 40;

    private readonly float[] _cells;
    private readonly PixelRect _area;
    private readonly float _side;
    private readonly int _columns;
    private readonly int _rows;

    private CoarseOutline(float[] cells, PixelRect area, float side, int columns, int rows) =>
        (_cells, _area, _side, _columns, _rows) = (cells, area, side, columns, rows);

    /// <summary>Side of a cell, pixels.</summary>
    public float Side => _side;

    /// <summary>Coarsens an outline.</summary>
    /// <param name="body">Its mask or polygon, as found.</param>
    /// <param name="area">The part of the picture that counts; beyond it the outermost cells go on.</param>
    /// <returns>Null where the body has neither mask nor polygon, or none of it is in the area.</returns>
    public static CoarseOutline? Of(Region body, PixelRect area)
    {
        var mask = body.Mask ?? (body.Outline.Length >= 3 ? MaskRasterizer.Rasterize(body.Outline.AsSpan(), default, 0, area) : null);
        if (mask is null || mask.Bounds.Intersect(area).IsEmpty)
        {
            return null;
        }

        var side = Math.Max(1, Math.Max(mask.Bounds.Width, mask.Bounds.Height) / (float)Cells);
        var (columns, rows) = ((int)MathF.Ceiling(area.Width / side), (int)MathF.Ceiling(area.Height / side));
        var (inside, all) = (new float[columns * rows], new int[columns * rows]);
        for (var y = 0; y < area.Height; y++)
        {
            for (var x = 0; x < area.Width; x++)
            {
                var cell = (Math.Min(rows - 1, (int)(y / side)) * columns) + Math.Min(columns - 1, (int)(x / side));
                inside[cell] += mask[x + area.Left, y + area.Top] == byte.MaxValue ? 1 : 0;
                all[cell]++;
            }
        }

        for (var i = 0; i < all.Length; i++)
        {
            inside[i] /= Math.Max(1, all[i]);
        }

        return new CoarseOutline(Soften(inside, columns, rows), area, side, columns, rows);
    }

    /// <summary>An outline that cuts nothing off.</summary>
    /// <param name="body">The body.</param>
    /// <param name="area">The part of the picture that counts.</param>
    public static CoarseOutline Whole(Region body, PixelRect area) => new([1], area, Math.Max(1, body.Box.LongSide / Cells), 1, 1);

    /// <summary>How much of what is around a point of the picture is the body: 0..1, a half on the outline.</summary>
    public float At(float x, float y)
    {
        var u = Math.Clamp(((x - _area.Left) / _side) - 0.5f, 0, _columns - 1);
        var v = Math.Clamp(((y - _area.Top) / _side) - 0.5f, 0, _rows - 1);
        var (left, top) = ((int)u, (int)v);
        var (right, bottom) = (Math.Min(left + 1, _columns - 1), Math.Min(top + 1, _rows - 1));
        var upper = float.Lerp(_cells[(top * _columns) + left], _cells[(top * _columns) + right], u - left);
        var lower = float.Lerp(_cells[(bottom * _columns) + left], _cells[(bottom * _columns) + right], u - left);
        return float.Lerp(upper, lower, v - top);
    }

    /// <summary>A quarter, a half and a quarter of neighbours, to both sides.</summary>
    private static float[] Soften(float[] cells, int columns, int rows)
    {
        var (across, soft) = (new float[cells.Length], new float[cells.Length]);
        for (var i = 0; i < cells.Length; i++)
        {
            var (x, row) = (i % columns, i / columns * columns);
            across[i] = (cells[row + Math.Max(0, x - 1)] + (2 * cells[i]) + cells[row + Math.Min(columns - 1, x + 1)]) / 4;
        }

        for (var i = 0; i < cells.Length; i++)
        {
            var (x, y) = (i % columns, i / columns);
            soft[i] = (across[(Math.Max(0, y - 1) * columns) + x] + (2 * across[i]) + across[(Math.Min(rows - 1, y + 1) * columns) + x]) / 4;
        }

        return soft;
    }
}
