using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Regions;

namespace Veil.Onnx.Text;

/// <summary>
/// From probabilities to lines, as differentiable binarisation does it (Liao et al., Real-time Scene Text Detection with
/// Differentiable Binarization, 2020): pixels above a threshold that touch each other, also at corners, are a line; the
/// smallest rectangle around them, grown by area by circumference, is where it lies.
/// </summary>
internal static class TextComponents
{
    /// <summary>Rectangles that are narrower, before they grow, are noise.</summary>
    private const float SmallestSide = 2.5f;

    /// <summary>The lines of a map, in its pixels, in the order of their first rows.</summary>
    /// <param name="map">Probabilities.</param>
    /// <param name="pixelThreshold">From which a pixel counts, 0..1.</param>
    /// <param name="score">Lowest mean probability wanted over a line's rectangle before it grows, 0..1; pixels below the threshold count as 0.</param>
    /// <param name="unclip">How far lines grow: times area by circumference.</param>
    public static List<TextLine> Find(TextMap map, float pixelThreshold, float score, float unclip)
    {
        var runs = Label(map, (byte)Math.Clamp(MathF.Ceiling(pixelThreshold * byte.MaxValue), 1, byte.MaxValue));
        var lines = new List<TextLine>();
        foreach (var component in runs.GroupBy(run => run.Label).OrderBy(component => component.Key))
        {
            var sum = 0L;
            var corners = new List<Vector2>();
            foreach (var run in component)
            {
                sum += run.Sum;
                corners.AddRange([new(run.Left, run.Y), new(run.Right, run.Y), new(run.Left, run.Y + 1), new(run.Right, run.Y + 1)]);
            }

            var box = RotatedBox.Around(CollectionsMarshal.AsSpan(corners));

            // Over the rectangle, not over the component alone: thin tendrils in a large rectangle are no line.
            var mean = Math.Min((float)sum / byte.MaxValue / box.Area, 1);
            if (mean >= score && Math.Min(box.Width, box.Height) >= SmallestSide)
            {
                lines.Add(new TextLine(box.Grow(unclip * box.Area / (2 * (box.Width + box.Height))), mean));
            }
        }

        return lines;
    }

    /// <summary>Runs of pixels above the threshold; those of one component carry the same label.</summary>
    private static List<Run> Label(TextMap map, byte threshold)
    {
        var runs = new List<Run>();
        var parents = new List<int>();
        var above = (Start: 0, End: 0);
        for (var y = 0; y < map.Height; y++)
        {
            var start = runs.Count;
            AddRuns(map.Row(y), y, threshold, runs);
            var candidate = above.Start;
            for (var i = start; i < runs.Count; i++)
            {
                parents.Add(i);
                while (candidate < above.End && runs[candidate].Right < runs[i].Left)
                {
                    candidate++;
                }

                for (var j = candidate; j < above.End && runs[j].Left <= runs[i].Right; j++)
                {
                    Join(parents, i, j);
                }
            }

            above = (start, runs.Count);
        }

        return [.. runs.Select((run, index) => run with { Label = Root(parents, index) })];
    }

    private static void AddRuns(ReadOnlySpan<byte> row, int y, byte threshold, List<Run> runs)
    {
        for (var x = 0; x < row.Length; x++)
        {
            var next = row[x..].IndexOfAnyInRange(threshold, byte.MaxValue);
            if (next < 0)
            {
                return;
            }

            var left = x + next;
            var sum = 0L;
            for (x = left; x < row.Length && row[x] >= threshold; x++)
            {
                sum += row[x];
            }

            runs.Add(new Run(y, left, x, sum, 0));
        }
    }

    private static int Root(List<int> parents, int index)
    {
        while (parents[index] != index)
        {
            parents[index] = parents[parents[index]];
            index = parents[index];
        }

        return index;
    }

    /// <summary>The smaller root wins, so that a component's label is its first run.</summary>
    private static void Join(List<int> parents, int one, int other)
    {
        var (a, b) = (Root(parents, one), Root(parents, other));
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    private readonly record struct Run(int Y, int Left, int Right, long Sum, int Label);
}
