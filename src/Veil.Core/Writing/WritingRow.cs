using System.Numerics;
using Veil.Regions;

namespace Veil.Writing;

/// <summary>
/// Puts the pieces of a row together: detectors find words, and what is looked for may reach over several of them.
/// </summary>
internal static class WritingRow
{
    /// <summary>Sine of the angle between pieces of a row at most: 10 degrees.</summary>
    private const float LargestTurn = 0.17f;

    /// <summary>Distance of a piece's middle from another's axis at most, in heights of the lower one.</summary>
    private const float LargestShift = 0.6f;

    /// <summary>Gap between neighbours at most, in heights of the higher one.</summary>
    private const float LargestGap = 2;

    /// <summary>Height of the higher one by that of the lower one at most.</summary>
    private const float LargestRatio = 2;

    /// <summary>Rows of pieces in reading order; each piece is in one of them.</summary>
    public static IReadOnlyList<IReadOnlyList<ReadRegion>> Of(IReadOnlyList<ReadRegion> pieces)
    {
        RotatedBox[] boxes = [.. pieces.Select(piece => Lying(RotatedBox.Of(piece.Region)))];
        int[] rows = [.. Enumerable.Range(0, boxes.Length)];
        for (var i = 0; i < boxes.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (rows[i] != rows[j] && AreNeighbours(boxes[i], boxes[j]))
                {
                    var (kept, joined) = (rows[j], rows[i]);
                    for (var k = 0; k < rows.Length; k++)
                    {
                        rows[k] = rows[k] == joined ? kept : rows[k];
                    }
                }
            }
        }

        return [.. Enumerable.Range(0, boxes.Length).GroupBy(index => rows[index]).Select(row =>
        {
            var along = Vector2.Normalize(boxes[row.MaxBy(index => boxes[index].Width)].Along);
            return row.OrderBy(index => Vector2.Dot(boxes[index].Center, along)).Select(index => pieces[index]).ToList();
        })];
    }

    /// <summary>A piece that is much higher than long is read along its height.</summary>
    private static RotatedBox Lying(RotatedBox box) => box.Height > 1.5f * box.Width ? box.Turned() : box;

    private static bool AreNeighbours(RotatedBox one, RotatedBox other)
    {
        var (higher, lower) = one.Height >= other.Height ? (one, other) : (other, one);
        if (!(lower.Height > 0 && higher.Width > 0 && lower.Width > 0) || higher.Height > LargestRatio * lower.Height)
        {
            return false;
        }

        var (along, otherAlong) = (Vector2.Normalize(higher.Along), Vector2.Normalize(lower.Along));
        var apart = lower.Center - higher.Center;
        var cross = Math.Abs((along.X * otherAlong.Y) - (along.Y * otherAlong.X));
        var shift = Math.Abs((along.X * apart.Y) - (along.Y * apart.X));
        var gap = Math.Abs(Vector2.Dot(along, apart)) - ((higher.Width + lower.Width) / 2);
        return cross <= LargestTurn && shift <= LargestShift * lower.Height && gap <= LargestGap * higher.Height;
    }
}
