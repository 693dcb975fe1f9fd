using System.Numerics;

namespace Veil.Regions;

/// <summary>
/// Exact squared distance from every cell of a grid to the nearest marked one, in time linear in the cells: a sweep along
/// the columns, then the lower envelope of parabolas along each row (Felzenszwalb and Huttenlocher, 2012).
/// </summary>
internal static class DistanceTransform
{
    /// <summary>
    /// Squared distances between cell centres, exact up to a limit; beyond it any larger number,
    /// <see cref="float.PositiveInfinity"/> included.
    /// </summary>
    /// <param name="marked">Row after row; anything but 0 is marked.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stepX">Length of one step to the side.</param>
    /// <param name="stepY">Length of one step up or down.</param>
    /// <param name="limit">Greatest distance of interest: the smaller, the faster.</param>
    public static float[] Squared(ReadOnlySpan<byte> marked, int width, int height, float stepX, float stepY, float limit)
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
            LowerEnvelope(row, cells, vertices, borders, stepX * stepX, limit * limit);
        }

        return distance;
    }

    private static void SweepColumns(ReadOnlySpan<byte> marked, Span<float> distance, int width, int height, float step)
    {
        for (var i = 0; i < marked.Length; i++)
        {
            distance[i] = marked[i] != 0 ? 0 : float.PositiveInfinity;
        }

        for (var y = 1; y < height; y++)
        {
            Carry(distance.Slice((y - 1) * width, width), distance.Slice(y * width, width), step);
        }

        for (var y = height - 2; y >= 0; y--)
        {
            Carry(distance.Slice((y + 1) * width, width), distance.Slice(y * width, width), step);
        }

        for (var i = 0; i < distance.Length; i++)
        {
            distance[i] *= distance[i];
        }
    }

    /// <summary>The smaller of a row's own distances and those of its neighbour row, one step farther.</summary>
    private static void Carry(ReadOnlySpan<float> from, Span<float> to, float step)
    {
        var x = 0;
        for (; x <= to.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            Vector.Min(new Vector<float>(to[x..]), new Vector<float>(from[x..]) + new Vector<float>(step)).CopyTo(to[x..]);
        }

        for (; x < to.Length; x++)
        {
            to[x] = Math.Min(to[x], from[x] + step);
        }
    }

    private static void LowerEnvelope(ReadOnlySpan<float> row, Span<float> result, Span<int> vertices, Span<float> borders, float square, float limit)
    {
        var last = -1;
        for (var q = 0; q < row.Length; q++)
        {
            // A parabola that starts above the limit never comes below it, and one inside a marked run never wins outside.
            if (row[q] > limit || (row[q] == 0 && q > 0 && q < row.Length - 1 && row[q - 1] == 0 && row[q + 1] == 0))
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
            result.Fill(float.PositiveInfinity);
            return;
        }

        var current = 0;
        for (var x = 0; x < row.Length; x++)
        {
            if (row[x] == 0)
            {
                continue;
            }

            while (borders[current + 1] < x)
            {
                current++;
            }

            var dx = x - vertices[current];
            result[x] = (square * dx * dx) + row[vertices[current]];
        }
    }
}
