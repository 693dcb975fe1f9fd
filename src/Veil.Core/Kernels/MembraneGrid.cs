namespace Veil.Kernels;

/// <summary>
/// One resolution of a grid of cells joined by springs, some of them also to fixed values at the rim: the operator of a
/// membrane over a region of any shape. Coarser grids join two by two cells. Arrays have a border of one empty cell, so
/// that every cell has four neighbours.
/// </summary>
internal sealed class MembraneGrid
{
    private const int SmoothingSweeps = 2;
    private const int CoarsestSweeps = 12;
    private const int CoarsestCells = 4;

    private readonly int _width;
    private readonly int _height;
    private readonly int _stride;

    // Spring to the right neighbour and to the one below; 0 where there is none.
    private readonly float[] _right;
    private readonly float[] _below;

    // Sum of a cell's springs, rim included, and its inverse; 0 where there is no cell.
    private readonly float[] _sum;
    private readonly float[] _inverse;

    private readonly float[] _residual;
    private readonly float[] _load;
    private readonly float[] _correction;
    private readonly MembraneGrid? _coarser;

    /// <summary>Builds the grid and all coarser ones.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="right">Springs, <c>(width + 2) × (height + 2)</c> values.</param>
    /// <param name="below">As many.</param>
    /// <param name="rim">Springs to fixed values, as many.</param>
    public MembraneGrid(int width, int height, float[] right, float[] below, float[] rim)
    {
        (_width, _height, _stride, _right, _below) = (width, height, width + 2, right, below);
        var length = _stride * (height + 2);
        _sum = new float[length];
        _inverse = new float[length];
        _residual = new float[length];
        _load = new float[length];
        _correction = new float[length];
        for (var y = 1; y <= height; y++)
        {
            for (var x = 1; x <= width; x++)
            {
                var i = (y * _stride) + x;
                _sum[i] = right[i] + right[i - 1] + below[i] + below[i - _stride] + rim[i];
                _inverse[i] = _sum[i] > 0 ? 1 / _sum[i] : 0;
            }
        }

        _coarser = width <= CoarsestCells && height <= CoarsestCells ? null : Coarsen(rim);
    }

    /// <summary>Number of values in an array of this grid.</summary>
    public int Length => _sum.Length;

    /// <summary>What the springs at each cell pull for these heights.</summary>
    public void Apply(ReadOnlySpan<float> heights, Span<float> pull)
    {
        for (var y = 1; y <= _height; y++)
        {
            for (var i = (y * _stride) + 1; i <= (y * _stride) + _width; i++)
            {
                pull[i] = (_sum[i] * heights[i]) - Neighbours(heights, i);
            }
        }
    }

    /// <summary>Heights that come near to balancing a load: one V-cycle, a symmetric operator, so that conjugate gradients may use it.</summary>
    public void Approximate(ReadOnlySpan<float> load, Span<float> heights)
    {
        heights.Clear();
        var sweeps = _coarser is null ? CoarsestSweeps : SmoothingSweeps;
        for (var i = 0; i < sweeps; i++)
        {
            SweepDown(load, heights);
        }

        if (_coarser is not null)
        {
            Apply(heights, _residual);
            for (var i = 0; i < _residual.Length; i++)
            {
                _residual[i] = load[i] - _residual[i];
            }

            Restrict(_residual, _coarser);
            _coarser.Approximate(_coarser._load, _coarser._correction);
            Prolong(_coarser, heights);
        }

        for (var i = 0; i < sweeps; i++)
        {
            SweepUp(load, heights);
        }
    }

    private float Neighbours(ReadOnlySpan<float> heights, int i) =>
        (_right[i] * heights[i + 1]) + (_right[i - 1] * heights[i - 1]) + (_below[i] * heights[i + _stride]) + (_below[i - _stride] * heights[i - _stride]);

    private void SweepDown(ReadOnlySpan<float> load, Span<float> heights)
    {
        for (var y = 1; y <= _height; y++)
        {
            for (var i = (y * _stride) + 1; i <= (y * _stride) + _width; i++)
            {
                heights[i] = (load[i] + Neighbours(heights, i)) * _inverse[i];
            }
        }
    }

    private void SweepUp(ReadOnlySpan<float> load, Span<float> heights)
    {
        for (var y = _height; y >= 1; y--)
        {
            for (var i = (y * _stride) + _width; i > y * _stride; i--)
            {
                heights[i] = (load[i] + Neighbours(heights, i)) * _inverse[i];
            }
        }
    }

    private MembraneGrid Coarsen(float[] rim)
    {
        // Two springs cross between cells of twice the distance, so each counts half: without that, coarse corrections are
        // half of what they should be (Braess, Towards algebraic multigrid for elliptic problems of second order, 1995).
        const float share = 0.5f;
        var width = (_width + 1) / 2;
        var height = (_height + 1) / 2;
        var stride = width + 2;
        var right = new float[stride * (height + 2)];
        var below = new float[right.Length];
        var outer = new float[right.Length];
        for (var y = 1; y <= _height; y++)
        {
            for (var x = 1; x <= _width; x++)
            {
                var fine = (y * _stride) + x;
                var coarse = ((y + 1) / 2 * stride) + ((x + 1) / 2);
                outer[coarse] += rim[fine] * share;
                right[coarse] += x % 2 == 0 ? _right[fine] * share : 0;
                below[coarse] += y % 2 == 0 ? _below[fine] * share : 0;
            }
        }

        return new MembraneGrid(width, height, right, below, outer);
    }

    private void Restrict(ReadOnlySpan<float> residual, MembraneGrid coarser)
    {
        coarser._load.AsSpan().Clear();
        for (var y = 1; y <= _height; y++)
        {
            for (var x = 1; x <= _width; x++)
            {
                coarser._load[((y + 1) / 2 * coarser._stride) + ((x + 1) / 2)] += residual[(y * _stride) + x];
            }
        }
    }

    private void Prolong(MembraneGrid coarser, Span<float> heights)
    {
        for (var y = 1; y <= _height; y++)
        {
            for (var x = 1; x <= _width; x++)
            {
                var fine = (y * _stride) + x;
                if (_inverse[fine] > 0)
                {
                    heights[fine] += coarser._correction[((y + 1) / 2 * coarser._stride) + ((x + 1) / 2)];
                }
            }
        }
    }
}
