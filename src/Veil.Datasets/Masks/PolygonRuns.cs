namespace Veil.Datasets.Masks;

/// <summary>
/// Run lengths of a polygon, pixel for pixel as the COCO reference gives them (cocoapi, common/maskApi.c, rleFrPoly; Dollár and
/// Lin 2015): corners are rounded to fifths of a pixel, the outline is walked in steps of a fifth, and each step that crosses
/// the middle of a column of pixels marks where the column changes between inside and outside. Whoever trains or evaluates
/// with the reference sees this mask; other rasterisers differ along the edge.
/// </summary>
public static class PolygonRuns
{
    /// <summary>Coordinates may not be farther from the origin than this, pixels: the walk along an edge is as long as the edge.</summary>
    public const double Limit = 1 << 17;

    private const double Scale = 5;

    /// <exception cref="FormatException">A coordinate is not finite or beyond <see cref="Limit"/>.</exception>
    internal static uint[] Of(ReadOnlySpan<double> coordinates, int width, int height)
    {
        var corners = coordinates.Length / 2;
        var crossings = new List<long>();
        var walk = new Walk(crossings, width, height);
        for (var i = 0; i < corners; i++)
        {
            var next = i + 1 == corners ? 0 : i + 1;
            AddEdge(
                ref walk, Fifths(coordinates[i * 2]), Fifths(coordinates[(i * 2) + 1]), Fifths(coordinates[next * 2]), Fifths(coordinates[(next * 2) + 1]));
        }

        return ToRuns(crossings, (long)width * height);
    }

    private static int Fifths(double coordinate) => Math.Abs(coordinate) <= Limit
        ? (int)((Scale * coordinate) + .5)
        : throw new FormatException($"Expected coordinates within ±{Limit}, but received {coordinate}.");

    private static void AddEdge(ref Walk walk, int x0, int y0, int x1, int y1)
    {
        var (dx, dy) = (Math.Abs(x1 - x0), Math.Abs(y1 - y0));
        if (dx == 0 && dy == 0)
        {
            walk.To(x0, y0);
            return;
        }

        // Both directions of an edge must round alike, so it is always computed from its lower end.
        var flip = (dx >= dy && x0 > x1) || (dx < dy && y0 > y1);
        var (fromX, fromY, toX, toY) = flip ? (x1, y1, x0, y0) : (x0, y0, x1, y1);
        if (dx >= dy)
        {
            var slope = (double)(toY - fromY) / dx;
            for (var step = 0; step <= dx; step++)
            {
                var t = flip ? dx - step : step;
                walk.To(t + fromX, (int)(fromY + (slope * t) + .5));
            }
        }
        else
        {
            var slope = (double)(toX - fromX) / dy;
            for (var step = 0; step <= dy; step++)
            {
                var t = flip ? dy - step : step;
                walk.To((int)(fromX + (slope * t) + .5), t + fromY);
            }
        }
    }

    private static uint[] ToRuns(List<long> crossings, long pixels)
    {
        crossings.Add(pixels);
        crossings.Sort();
        var runs = new List<uint>(crossings.Count);
        var last = 0L;
        for (var i = 0; i < crossings.Count; i++)
        {
            var length = (uint)(crossings[i] - last);
            last = crossings[i];
            if (length > 0 || runs.Count == 0)
            {
                runs.Add(length);
            }
            else if (++i < crossings.Count)
            {
                // Two changes at one place cancel: the run before goes on.
                runs[^1] += (uint)(crossings[i] - last);
                last = crossings[i];
            }
        }

        return [.. runs];
    }

    private struct Walk(List<long> crossings, int width, int height)
    {
        private int _x;
        private int _y;
        private bool _started;

        public void To(int x, int y)
        {
            if (_started && x != _x)
            {
                Cross(x < _x ? x : x - 1, Math.Min(y, _y));
            }

            (_x, _y, _started) = (x, y, true);
        }

        private readonly void Cross(int fifthsX, int fifthsY)
        {
            var column = ((fifthsX + .5) / Scale) - .5;
            if (Math.Floor(column) != column || column < 0 || column > width - 1)
            {
                return;
            }

            var row = Math.Ceiling(Math.Clamp(((fifthsY + .5) / Scale) - .5, 0, height));
            crossings.Add(((long)column * height) + (long)row);
        }
    }
}
