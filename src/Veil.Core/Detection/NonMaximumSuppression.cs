using System.Numerics;
using Veil.Regions;

namespace Veil.Detection;

/// <summary>
/// Keeps the strongest of boxes that overlap (greedy non-maximum suppression by intersection over union). Ties in score go
/// to the box that comes first, so the result depends on nothing but the input. Thread-safe.
/// </summary>
public static class NonMaximumSuppression
{
    /// <summary>Picks boxes, strongest first; each other box overlaps a stronger picked one by more than <paramref name="overlap"/>.</summary>
    /// <param name="boxes">Boxes of one kind, all in the same coordinates.</param>
    /// <param name="scores">One score per box; a score that is not a number is never picked.</param>
    /// <param name="overlap">Largest intersection over union that two picked boxes may have, 0..1.</param>
    /// <param name="keepers">For each box the index of the picked box that stands for it (itself when picked), or −1 where the score is not a number; empty when not wanted.</param>
    /// <returns>Indices into <paramref name="boxes"/>.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static int[] Select(ReadOnlySpan<Box> boxes, ReadOnlySpan<float> scores, float overlap, Span<int> keepers = default)
    {
        if (scores.Length != boxes.Length || (!keepers.IsEmpty && keepers.Length != boxes.Length))
        {
            throw new ArgumentException($"Expected {boxes.Length} scores and as many (or no) keepers, but received {scores.Length} and {keepers.Length}.");
        }

        var order = Order(scores);
        keepers.Fill(-1);

        // Picked boxes as separate columns, so that one candidate is compared with several at once.
        var capacity = order.Length + Vector<float>.Count;
        var left = new float[capacity];
        var top = new float[capacity];
        var right = new float[capacity];
        var bottom = new float[capacity];
        var area = new float[capacity];
        var picked = new int[order.Length];
        var count = 0;
        foreach (var candidate in order)
        {
            var box = boxes[candidate];
            var rival = FirstOverlapping(box, left, top, right, bottom, area, count, overlap);
            if (rival < 0)
            {
                (left[count], top[count], right[count], bottom[count], area[count]) = (box.Left, box.Top, box.Right, box.Bottom, box.Area);
                rival = count;
                picked[count++] = candidate;
            }

            if (!keepers.IsEmpty)
            {
                keepers[candidate] = picked[rival];
            }
        }

        return picked[..count];
    }

    private static int[] Order(ReadOnlySpan<float> scores)
    {
        var order = new int[scores.Length];
        var count = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (!float.IsNaN(scores[i]))
            {
                order[count++] = i;
            }
        }

        var numbers = scores.ToArray();
        var valid = order.AsSpan(0, count);
        valid.Sort((a, b) => numbers[a] != numbers[b] ? numbers[b].CompareTo(numbers[a]) : a.CompareTo(b));
        return valid.ToArray();
    }

    private static int FirstOverlapping(
        Box box, ReadOnlySpan<float> left, ReadOnlySpan<float> top, ReadOnlySpan<float> right, ReadOnlySpan<float> bottom,
        ReadOnlySpan<float> area, int count, float overlap)
    {
        var (boxLeft, boxTop) = (new Vector<float>(box.Left), new Vector<float>(box.Top));
        var (boxRight, boxBottom) = (new Vector<float>(box.Right), new Vector<float>(box.Bottom));
        var boxArea = new Vector<float>(box.Area);
        var limit = new Vector<float>(overlap);
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            var width = Vector.Min(boxRight, new Vector<float>(right[i..])) - Vector.Max(boxLeft, new Vector<float>(left[i..]));
            var height = Vector.Min(boxBottom, new Vector<float>(bottom[i..])) - Vector.Max(boxTop, new Vector<float>(top[i..]));
            var common = Vector.Max(width, Vector<float>.Zero) * Vector.Max(height, Vector<float>.Zero);

            // common / union > limit without the division; lanes past the end hold empty boxes and never pass.
            var union = boxArea + new Vector<float>(area[i..]) - common;
            var above = Vector.GreaterThan(common, limit * union) & Vector.GreaterThan(common, Vector<float>.Zero);
            if (above == Vector<int>.Zero)
            {
                continue;
            }

            for (var lane = 0; lane < Vector<float>.Count; lane++)
            {
                if (above[lane] != 0)
                {
                    return i + lane;
                }
            }
        }

        return -1;
    }
}
