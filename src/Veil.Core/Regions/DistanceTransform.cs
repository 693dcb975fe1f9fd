namespace Veil.Regions;

/// <summary>
/// Exact squared distance from every cell of a grid to the nearest marked one, in time linear in the cells: a sweep along
/// the columns, then the lower envelope of parabolas along each row (Felzenszwalb and Huttenlocher, 2012).
/// </summary>
internal static class DistanceTransform
{
    /// <summary>Squared distances between cell centres; <see cref="float.PositiveInfinity"/> where nothing is marked at all.</summary>
    /// <param name="marked">Row after row; anything but 0 is marked.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stepX">Length of one step to the side.</param>
    /// <param name="stepY">Length of one step up or down.</param>
    public static float[] Squared(ReadOnlySpan<byte> marked, int width, int height, float stepX, float stepY)
    {
        var distance = new float[marked.Length];
        SweepColumns(marked, distance, width, height, stepY);
        var row = new float[width];
        var vertices = new int[width];
        var borders = new float[width + 1];
        for (var y = 0; y < height; y++)
        {
            var cells = distance.AsSpan(y * width, width);
            cells.CopyTo(row);
            LowerEnvelope(row, cells, vertices, borders, stepX * stepX);
        }

        return distance;
    }

    private static void SweepColumns(ReadOnlySpan<byte> marked, Span<float> distance, int width, int height, float step)
    {
        for (var i = 0; i < marked.Length; i++)
        {
            distance[i] = marked[i] != 0 ? 0 : i < width ? float.PositiveInfinity : distance[i - width] + step;
        }

        for (var i = (height - 1) * width - 1; i >= 0; i--)
        {
            distance[i] = Math.Min(distance[i], distance[i + width] + step);
        }

        for (var i = 0; i < distance.Length; i++)
        {
            distance[i] *= distance[i];
        }
    }

    private static void LowerEnvelope(ReadOnlySpan<float> row, Span<float> result, Span<int> vertices, Span<float> borders, float square)
    {
        var last = -1;
        for (var q = 0; q < row.Length; q++)
        {
            if (float.IsPositiveInfinity(row[q]))
            {
                continue;
            }

            var border = float.NegativeInfinity;
            while (last >= 0)
            {
                var v = vertices[last];
                border = (((row[q] - row[v]) / square) + ((float)q * q) - ((float)v * v)) / (2f * (q - v));
                if (border > borders[last])
                {
                    break;
                }

                last--;
                border = float.NegativeInfinity;
            }

            last++;
            (vertices[last], borders[last], borders[last + 1]) = (q, border, float.PositiveInfinity);
        }

        if (last < 0)
        {
            return;
        }

        var current = 0;
        for (var x = 0; x < row.Length; x++)
        {
            while (borders[current + 1] < x)
            {
                current++;
            }

            var dx = x - vertices[current];
            result[x] = (square * dx * dx) + row[vertices[current]];
        }
    }
}
