using System.Collections.Immutable;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Datasets.Masks;

/// <summary>
/// A binary mask of a whole picture as lengths of runs, column after column from the left, each from top to bottom, beginning
/// with a run of zeros: COCO's run-length encoding. Immutable.
/// </summary>
public sealed class RunLengthMask
{
    private readonly uint[] _counts;

    private RunLengthMask(int width, int height, uint[] counts) => (Width, Height, _counts) = (width, height, counts);

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Lengths of runs of zeros and ones in turn; they add up to width × height.</summary>
    public ReadOnlySpan<uint> Counts => _counts;

    /// <summary>Number of pixels that are set.</summary>
    public long Area
    {
        get
        {
            var area = 0L;
            for (var i = 1; i < _counts.Length; i += 2)
            {
                area += _counts[i];
            }

            return area;
        }
    }

    /// <summary>The smallest rectangle around the pixels that are set; empty when none is.</summary>
    public PixelRect Bounds
    {
        get
        {
            var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, 0, 0);
            foreach (var (start, length) in Runs())
            {
                var (first, last) = (start, start + length - 1);
                left = Math.Min(left, (int)(first / Height));
                right = Math.Max(right, (int)(last / Height) + 1);
                var inOneColumn = first / Height == last / Height;
                top = Math.Min(top, inOneColumn ? (int)(first % Height) : 0);
                bottom = Math.Max(bottom, inOneColumn ? (int)(last % Height) + 1 : Height);
            }

            return right == 0 ? default : new PixelRect(left, top, right, bottom);
        }
    }

    /// <summary>A mask from lengths of runs.</summary>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="counts">Zeros and ones in turn.</param>
    /// <exception cref="FormatException">They do not add up to width × height.</exception>
    public static RunLengthMask FromCounts(int width, int height, ReadOnlySpan<uint> counts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ulong sum = 0;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum == (ulong)width * (ulong)height
            ? new RunLengthMask(width, height, counts.ToArray())
            : throw new FormatException($"Expected runs that add up to {width}×{height} = {(long)width * height} pixels, but they add up to {sum}.");
    }

    /// <summary>A mask from COCO's compressed text.</summary>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="text">Six bits to a character.</param>
    /// <exception cref="FormatException">It is cut short, has other characters, or describes another number of pixels.</exception>
    public static RunLengthMask Parse(int width, int height, string text) => FromCounts(width, height, RunLengthText.Decode(text));

    /// <summary>A mask from pixels.</summary>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="pixels">Row after row; any value but 0 is set.</param>
    public static RunLengthMask FromPixels(int width, int height, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, width * height);
        var counts = new List<uint>();
        var (last, run) = (false, 0u);
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++)
            {
                var set = pixels[(y * width) + x] != 0;
                if (set != last)
                {
                    counts.Add(run);
                    (last, run) = (set, 0);
                }

                run++;
            }
        }

        counts.Add(run);
        return new RunLengthMask(width, height, [.. counts]);
    }

    /// <summary>The pixels of a polygon as the COCO reference rasterises them (its <c>rleFrPoly</c>).</summary>
    /// <param name="polygon">Corners, in pixel-edge coordinates.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <exception cref="FormatException">A coordinate is not finite, or farther than <see cref="PolygonRuns.Limit"/> from the origin.</exception>
    public static RunLengthMask FromPolygon(Polygon polygon, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return new RunLengthMask(width, height, PolygonRuns.Of(polygon.Coordinates.AsSpan(), width, height));
    }

    /// <summary>The pixels of any of several polygons.</summary>
    /// <param name="polygons">At least one.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <exception cref="FormatException">A coordinate is not finite, or too far away.</exception>
    public static RunLengthMask FromPolygons(ImmutableArray<Polygon> polygons, int width, int height)
    {
        var union = FromPolygon(polygons[0], width, height);
        for (var i = 1; i < polygons.Length; i++)
        {
            union = union.Union(FromPolygon(polygons[i], width, height));
        }

        return union;
    }

    /// <summary>The pixels that are set in either.</summary>
    /// <param name="other">A mask of the same size.</param>
    public RunLengthMask Union(RunLengthMask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        RequireSameSize(other);
        var counts = new List<uint>();
        var position = 0L;
        using var ours = Runs().GetEnumerator();
        using var theirs = other.Runs().GetEnumerator();
        var (haveOurs, haveTheirs) = (ours.MoveNext(), theirs.MoveNext());
        while (haveOurs || haveTheirs)
        {
            var (start, end) = (long.MaxValue, long.MinValue);
            // One run of the union: everything that overlaps or touches, from whichever begins first.
            while (true)
            {
                if (haveOurs && (ours.Current.Start <= end || (end == long.MinValue && (!haveTheirs || ours.Current.Start <= theirs.Current.Start))))
                {
                    (start, end) = (Math.Min(start, ours.Current.Start), Math.Max(end, ours.Current.Start + ours.Current.Length));
                    haveOurs = ours.MoveNext();
                }
                else if (haveTheirs && (theirs.Current.Start <= end || end == long.MinValue))
                {
                    (start, end) = (Math.Min(start, theirs.Current.Start), Math.Max(end, theirs.Current.Start + theirs.Current.Length));
                    haveTheirs = theirs.MoveNext();
                }
                else
                {
                    break;
                }
            }

            counts.Add((uint)(start - position));
            counts.Add((uint)(end - start));
            position = end;
        }

        var total = (long)Width * Height;
        if (position < total || counts.Count == 0)
        {
            counts.Add((uint)(total - position));
        }

        return new RunLengthMask(Width, Height, [.. counts]);
    }

    /// <summary>How many pixels are set in both.</summary>
    /// <param name="other">A mask of the same size.</param>
    public long CommonArea(RunLengthMask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        RequireSameSize(other);
        var common = 0L;
        using var ours = Runs().GetEnumerator();
        using var theirs = other.Runs().GetEnumerator();
        for (var more = ours.MoveNext() && theirs.MoveNext(); more;)
        {
            var (ourEnd, theirEnd) = (ours.Current.Start + ours.Current.Length, theirs.Current.Start + theirs.Current.Length);
            common += Math.Max(0, Math.Min(ourEnd, theirEnd) - Math.Max(ours.Current.Start, theirs.Current.Start));
            more = ourEnd < theirEnd ? ours.MoveNext() : theirs.MoveNext();
        }

        return common;
    }

    /// <summary>COCO's compressed text.</summary>
    public string ToText() => RunLengthText.Encode(_counts);

    /// <summary>The same mask as coverage of its <see cref="Bounds"/>; null when no pixel is set.</summary>
    public RegionMask? ToRegionMask()
    {
        var bounds = Bounds;
        if (bounds.IsEmpty)
        {
            return null;
        }

        var coverage = new byte[bounds.Width * bounds.Height];
        foreach (var (start, length) in Runs())
        {
            var (x, y) = ((int)(start / Height), (int)(start % Height));
            for (var left = length; left > 0; (x, y) = (x + 1, 0))
            {
                var rows = (int)Math.Min(left, Height - y);
                for (var i = 0; i < rows; i++)
                {
                    coverage[((y + i - bounds.Top) * bounds.Width) + x - bounds.Left] = byte.MaxValue;
                }

                left -= rows;
            }
        }

        return new RegionMask(bounds, coverage);
    }

    /// <summary>How many pixels are set inside a rectangle.</summary>
    /// <param name="area">Whole pixels; may reach over the border.</param>
    public long AreaIn(PixelRect area)
    {
        var inside = area.Intersect(new PixelRect(0, 0, Width, Height));
        if (inside.IsEmpty)
        {
            return 0;
        }

        var sum = 0L;
        foreach (var (start, length) in Runs())
        {
            var (x, y) = ((int)(start / Height), (int)(start % Height));
            for (var left = length; left > 0; (x, y) = (x + 1, 0))
            {
                var rows = (int)Math.Min(left, Height - y);
                if (x >= inside.Left && x < inside.Right)
                {
                    sum += Math.Max(0, Math.Min(y + rows, inside.Bottom) - Math.Max(y, inside.Top));
                }

                left -= rows;
            }
        }

        return sum;
    }

    private void RequireSameSize(RunLengthMask other)
    {
        if (other.Width != Width || other.Height != Height)
        {
            throw new ArgumentException($"Expected a mask of {Width}×{Height}, but received one of {other.Width}×{other.Height}.", nameof(other));
        }
    }

    /// <summary>The runs of pixels that are set, in order, none empty.</summary>
    private IEnumerable<(long Start, long Length)> Runs()
    {
        var position = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (i % 2 == 1 && _counts[i] > 0)
            {
                yield return (position, _counts[i]);
            }

            position += _counts[i];
        }
    }
}
