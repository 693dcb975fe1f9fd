using System.Numerics;

namespace Veil.Studio.Editing;

/// <summary>Follows the borders of covered cells: closed loops through the middles of the cells' sides, so that corners are cut.</summary>
internal static class ContourTracer
{
    /// <summary>All loops, holes included, in cells; (0, 0) is the outer corner of the first cell.</summary>
    public static IEnumerable<IReadOnlyList<Vector2>> Trace(CoveredCells cells)
    {
        // Each side between covered and not, as a step from corner to corner with the covered cell on its right.
        var steps = new Dictionary<(int X, int Y), List<(int X, int Y)>>();
        for (var y = 0; y < cells.Rows; y++)
        {
            for (var x = 0; x < cells.Columns; x++)
            {
                if (cells[x, y])
                {
                    Add(!cells[x, y - 1], (x, y), (x + 1, y));
                    Add(!cells[x + 1, y], (x + 1, y), (x + 1, y + 1));
                    Add(!cells[x, y + 1], (x + 1, y + 1), (x, y + 1));
                    Add(!cells[x - 1, y], (x, y + 1), (x, y));
                }
            }
        }

        while (steps.Count > 0)
        {
            yield return Follow(steps);
        }

        void Add(bool isBorder, (int X, int Y) from, (int X, int Y) to)
        {
            if (isBorder)
            {
                (steps.TryGetValue(from, out var known) ? known : steps[from] = []).Add(to);
            }
        }
    }

    private static List<Vector2> Follow(Dictionary<(int X, int Y), List<(int X, int Y)>> steps)
    {
        var loop = new List<Vector2>();
        var start = steps.Keys.First();
        var at = start;
        do
        {
            var ways = steps[at];
            var next = ways[^1];
            ways.RemoveAt(ways.Count - 1);
            if (ways.Count == 0)
            {
                steps.Remove(at);
            }

            loop.Add(new Vector2(at.X + next.X, at.Y + next.Y) / 2);
            at = next;
        }
        while (at != start);
        return loop;
    }
}
