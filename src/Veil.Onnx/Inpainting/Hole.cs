using Veil.Imaging;
using Veil.Regions;

namespace Veil.Onnx.Inpainting;

/// <summary>Pixels to be filled that hang together, diagonally too.</summary>
/// <param name="Bounds">The smallest rectangle around them, in the picture's coordinates.</param>
/// <param name="Runs">All of them, from top to bottom.</param>
internal sealed record Hole(PixelRect Bounds, IReadOnlyList<HoleRun> Runs)
{
    /// <summary>The longer side of <see cref="Bounds"/>, pixels.</summary>
    public int LongSide => Math.Max(Bounds.Width, Bounds.Height);

    /// <summary>The holes of a mask, from the first pixel on in reading order.</summary>
    /// <param name="mask">Pixels with coverage above 0 are to be filled.</param>
    public static IReadOnlyList<Hole> Find(RegionMask mask)
    {
        var runs = new List<HoleRun>();
        var parents = new List<int>();
        var (above, here) = (0, 0);
        for (var y = mask.Bounds.Top; y < mask.Bounds.Bottom; y++)
        {
            (above, here) = (here, runs.Count);
            AddRuns(mask.Row(y), mask.Bounds.Left, y, runs);
            while (parents.Count < runs.Count)
            {
                parents.Add(parents.Count);
            }

            // Both rows are sorted: one pass meets every pair that touches.
            for (int upper = above, lower = here; upper < here && lower < runs.Count;)
            {
                if (runs[upper].Right >= runs[lower].Left && runs[lower].Right >= runs[upper].Left)
                {
                    Join(parents, upper, lower);
                }

                _ = runs[upper].Right < runs[lower].Right ? upper++ : lower++;
            }
        }

        return [.. Enumerable.Range(0, runs.Count).GroupBy(run => Root(parents, run), run => runs[run]).Select(group => Of([.. group]))];
    }

    private static Hole Of(HoleRun[] runs) => new(
        new PixelRect(runs.Min(run => run.Left), runs[0].Y, runs.Max(run => run.Right), runs[^1].Y + 1), runs);

    private static void AddRuns(ReadOnlySpan<byte> row, int left, int y, List<HoleRun> runs)
    {
        for (var x = 0; x < row.Length;)
        {
            var skipped = row[x..].IndexOfAnyExcept((byte)0);
            if (skipped < 0)
            {
                return;
            }

            x += skipped;
            var length = row[x..].IndexOf((byte)0);
            length = length < 0 ? row.Length - x : length;
            runs.Add(new HoleRun(y, left + x, left + x + length));
            x += length;
        }
    }

    private static int Root(List<int> parents, int run)
    {
        while (parents[run] != run)
        {
            run = parents[run] = parents[parents[run]];
        }

        return run;
    }

    private static void Join(List<int> parents, int a, int b)
    {
        (a, b) = (Root(parents, a), Root(parents, b));
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }
}

/// <summary>Pixels <c>Left..Right−1</c> of one row.</summary>
internal readonly record struct HoleRun(int Y, int Left, int Right);
