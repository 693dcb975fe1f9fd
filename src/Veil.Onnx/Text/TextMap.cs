namespace Veil.Onnx.Text;

/// <summary>
/// Where a picture holds writing, at one scale: a probability per pixel, 0..255 for 0..1, put together from tiles. Where
/// tiles overlap the higher value stays.
/// </summary>
/// <param name="width">Columns, at least 1.</param>
/// <param name="height">Rows, at least 1.</param>
internal sealed class TextMap(int width, int height)
{
    private readonly byte[] _values = new byte[width * height];

    /// <summary>Columns.</summary>
    public int Width { get; } = width;

    /// <summary>Rows.</summary>
    public int Height { get; } = height;

    /// <summary>One row.</summary>
    public ReadOnlySpan<byte> Row(int y) => _values.AsSpan(y * Width, Width);

    /// <summary>Adds a tile.</summary>
    /// <param name="left">First column of the tile.</param>
    /// <param name="top">First row of the tile.</param>
    /// <param name="values">Its probabilities, rows of <paramref name="stride"/>.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="columns">Columns that belong to the picture.</param>
    /// <param name="rows">Rows that belong to the picture.</param>
    public void Add(int left, int top, ReadOnlySpan<float> values, int stride, int columns, int rows)
    {
        columns = Math.Min(columns, Width - left);
        rows = Math.Min(rows, Height - top);
        for (var y = 0; y < rows; y++)
        {
            var from = values.Slice(y * stride, columns);
            var to = _values.AsSpan(((top + y) * Width) + left, columns);
            for (var x = 0; x < columns; x++)
            {
                // A probability that is not a number counts as certain: nothing is left open because of it.
                var value = from[x] >= 0 ? (byte)((Math.Min(from[x], 1) * byte.MaxValue) + 0.5f) : from[x] < 0 ? (byte)0 : byte.MaxValue;
                to[x] = Math.Max(to[x], value);
            }
        }
    }
}
