using Veil.Imaging;

namespace Veil.Regions;

/// <summary>
/// Coverage of whole pixels, 8 bits each: 255 must be anonymized, 1..254 is a soft edge where the result is blended over
/// the picture, 0 is not to be touched. Immutable by convention: nothing writes to a mask after it is built.
/// </summary>
public sealed class RegionMask
{
    private readonly (int Length, byte Coverage)[]? _runs;
    private readonly WeakReference<byte[]>? _unpacked;
    private readonly byte[]? _coverage;

    /// <summary>Takes over an array of coverage values.</summary>
    /// <param name="bounds">The pixels described; may not be empty.</param>
    /// <param name="coverage">Row after row, <c>bounds.Width × bounds.Height</c> values; not copied.</param>
    /// <exception cref="ArgumentException">The bounds are empty or the array has another length.</exception>
    public RegionMask(PixelRect bounds, byte[] coverage)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        if (bounds.IsEmpty || coverage.Length != bounds.Width * bounds.Height)
        {
            throw new ArgumentException($"Expected {bounds.Width}×{bounds.Height} coverage values, but received {coverage.Length}.", nameof(coverage));
        }

        (Bounds, _coverage) = (bounds, coverage);
    }

    private RegionMask(PixelRect bounds, (int Length, byte Coverage)[] runs) =>
        (Bounds, _runs, _unpacked) = (bounds, runs, new WeakReference<byte[]>([]));

    /// <summary>The pixels described; everything outside has coverage 0.</summary>
    public PixelRect Bounds { get; }

    private byte[] Coverage => _coverage ?? Unpack();

    /// <summary>Coverage of picture row <paramref name="y"/>, from column <c>Bounds.Left</c> on.</summary>
    public ReadOnlySpan<byte> Row(int y) => Coverage.AsSpan((y - Bounds.Top) * Bounds.Width, Bounds.Width);

    /// <summary>Coverage at a picture pixel; 0 outside <see cref="Bounds"/>.</summary>
    public byte this[int x, int y] =>
        x < Bounds.Left || x >= Bounds.Right || y < Bounds.Top || y >= Bounds.Bottom
            ? (byte)0
            : Coverage[((y - Bounds.Top) * Bounds.Width) + x - Bounds.Left];

    /// <summary>For each pixel the stronger coverage of two masks.</summary>
    /// <param name="other">The other mask, not so far away that a rectangle around both would be too large to hold.</param>
    public RegionMask Union(RegionMask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var bounds = new PixelRect(
            Math.Min(Bounds.Left, other.Bounds.Left), Math.Min(Bounds.Top, other.Bounds.Top),
            Math.Max(Bounds.Right, other.Bounds.Right), Math.Max(Bounds.Bottom, other.Bounds.Bottom));
        var coverage = new byte[checked(bounds.Width * bounds.Height)];
        AddTo(coverage, bounds);
        other.AddTo(coverage, bounds);
        return new RegionMask(bounds, coverage);
    }

    /// <summary>This mask with less coverage where another has some, none where the other has 255.</summary>
    /// <param name="other">Anywhere.</param>
    public RegionMask Without(RegionMask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var both = Bounds.Intersect(other.Bounds);
        var coverage = Coverage.ToArray();
        for (var y = both.Top; y < both.Bottom && !both.IsEmpty; y++)
        {
            var taken = other.Row(y)[(both.Left - other.Bounds.Left)..(both.Right - other.Bounds.Left)];
            var left = coverage.AsSpan(((y - Bounds.Top) * Bounds.Width) + both.Left - Bounds.Left, both.Width);
            for (var x = 0; x < left.Length; x++)
            {
                left[x] = (byte)(left[x] * (byte.MaxValue - taken[x]) / byte.MaxValue);
            }
        }

        return new RegionMask(Bounds, coverage);
    }

    /// <summary>Whether more than half of what this mask covers for certain is covered for certain by another.</summary>
    internal bool LiesMostlyIn(RegionMask larger)
    {
        var (all, shared) = (0, 0);
        for (var y = Bounds.Top; y < Bounds.Bottom; y++)
        {
            var row = Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x] == byte.MaxValue)
                {
                    (all, shared) = (all + 1, shared + (larger[x + Bounds.Left, y] == byte.MaxValue ? 1 : 0));
                }
            }
        }

        return 2 * shared > all;
    }

    /// <summary>Raises coverage values of a rectangle to those of this mask where they are lower.</summary>
    /// <param name="coverage">Row after row of <paramref name="area"/>.</param>
    /// <param name="area">What the values describe; this mask may reach beyond.</param>
    internal void AddTo(Span<byte> coverage, PixelRect area)
    {
        var both = Bounds.Intersect(area);
        for (var y = both.Top; y < both.Bottom && !both.IsEmpty; y++)
        {
            var from = Row(y)[(both.Left - Bounds.Left)..(both.Right - Bounds.Left)];
            var to = coverage.Slice(((y - area.Top) * area.Width) + both.Left - area.Left, both.Width);
            Raise(to, from);
        }
    }

    /// <summary>The same coverage in another place, e.g. in the coordinates of a part of the picture; the values are shared.</summary>
    public RegionMask Offset(int dx, int dy) => new(Bounds.Offset(dx, dy), Coverage);

    /// <summary>
    /// The same mask in a few kilobytes, for regions that are kept until a whole run is through. Its pixels are worked out when
    /// they are asked for, and given up when memory is short.
    /// </summary>
    public RegionMask Packed() => _runs is not null ? this : new RegionMask(Bounds, [.. Runs()]);

    /// <summary>Pixels of the same coverage in a row, row after row of <see cref="Bounds"/>; a run may go on in the next row.</summary>
    internal IEnumerable<(int Length, byte Coverage)> Runs()
    {
        if (_runs is not null)
        {
            foreach (var run in _runs)
            {
                yield return run;
            }

            yield break;
        }

        var coverage = Coverage;
        for (int start = 0, end; start < coverage.Length; start = end)
        {
            var other = coverage.AsSpan(start).IndexOfAnyExcept(coverage[start]);
            end = other < 0 ? coverage.Length : start + other;
            yield return (end - start, coverage[start]);
        }
    }

    /// <summary>
    /// The same shape moved and stretched as one box has become another: each pixel gets the strongest coverage of those that
    /// it touches then, so that the shape does not shrink. Null where it would become enormous.
    /// </summary>
    /// <param name="from">Where it was; not empty.</param>
    /// <param name="to">Where it is; not empty.</param>
    /// <exception cref="InvalidOperationException">An edge is not finite, or too large for a pixel index.</exception>
    public RegionMask? Moved(Box from, Box to)
    {
        const long mostGrowth = 16;
        var (scaleX, scaleY) = (to.Width / from.Width, to.Height / from.Height);
        var bounds = Box.Of(Bounds).Offset(-from.Left, -from.Top).Scale(scaleX, scaleY).Offset(to.Left, to.Top).ToPixels();
        if (bounds.IsEmpty || (long)bounds.Width * bounds.Height > mostGrowth * Bounds.Width * Bounds.Height)
        {
            return null;
        }

        var coverage = new byte[bounds.Width * bounds.Height];
        var line = new byte[Bounds.Width];
        for (var y = bounds.Top; y < bounds.Bottom; y++)
        {
            line.AsSpan().Clear();
            var (top, bottom) = Touched(y, to.Top, scaleY, from.Top, Bounds.Top, Bounds.Bottom);
            for (var row = top; row < bottom; row++)
            {
                Raise(line, Row(row));
            }

            for (var x = bounds.Left; x < bounds.Right; x++)
            {
                var (left, right) = Touched(x, to.Left, scaleX, from.Left, Bounds.Left, Bounds.Right);
                ref var pixel = ref coverage[((y - bounds.Top) * bounds.Width) + x - bounds.Left];
                for (var column = left; column < right; column++)
                {
                    pixel = Math.Max(pixel, line[column - Bounds.Left]);
                }
            }
        }

        return new RegionMask(bounds, coverage);

        static (int First, int End) Touched(int pixel, float to, float scale, float from, int least, int most) => (
            Math.Max(least, (int)MathF.Floor(((pixel - to) / scale) + from)),
            Math.Min(most, (int)MathF.Ceiling(((pixel + 1 - to) / scale) + from)));
    }

    /// <summary>Every pixel of a rectangle at 255.</summary>
    public static RegionMask Full(PixelRect bounds)
    {
        var coverage = new byte[bounds.IsEmpty ? 0 : bounds.Width * bounds.Height];
        Array.Fill(coverage, byte.MaxValue);
        return new RegionMask(bounds, coverage);
    }

    private byte[] Unpack()
    {
        if (_unpacked!.TryGetTarget(out var known) && known.Length > 0)
        {
            return known;
        }

        var coverage = new byte[Bounds.Width * Bounds.Height];
        var at = 0;
        foreach (var (length, value) in _runs!)
        {
            coverage.AsSpan(at, length).Fill(value);
            at += length;
        }

        _unpacked.SetTarget(coverage);
        return coverage;
    }

    private static void Raise(Span<byte> to, ReadOnlySpan<byte> from)
    {
        for (var x = 0; x < to.Length && x < from.Length; x++)
        {
            to[x] = Math.Max(to[x], from[x]);
        }
    }
}
