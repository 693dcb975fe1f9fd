using Veil.Imaging;

namespace Veil.Regions;

/// <summary>
/// Coverage of whole pixels, 8 bits each: 255 must be anonymized, 1..254 is a soft edge where the result is blended over
/// the picture, 0 is not to be touched. Immutable by convention: nothing writes to a mask after it is built.
/// </summary>
public sealed class RegionMask
{
    private readonly byte[] _coverage;

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

    /// <summary>The pixels described; everything outside has coverage 0.</summary>
    public PixelRect Bounds { get; }

    /// <summary>Coverage of picture row <paramref name="y"/>, from column <c>Bounds.Left</c> on.</summary>
    public ReadOnlySpan<byte> Row(int y) => _coverage.AsSpan((y - Bounds.Top) * Bounds.Width, Bounds.Width);

    /// <summary>Coverage at a picture pixel; 0 outside <see cref="Bounds"/>.</summary>
    public byte this[int x, int y] =>
        x < Bounds.Left || x >= Bounds.Right || y < Bounds.Top || y >= Bounds.Bottom
            ? (byte)0
            : _coverage[((y - Bounds.Top) * Bounds.Width) + x - Bounds.Left];

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
            for (var x = 0; x < to.Length; x++)
            {
                to[x] = Math.Max(to[x], from[x]);
            }
        }
    }

    /// <summary>The same coverage in another place, e.g. in the coordinates of a part of the picture; the values are shared.</summary>
    public RegionMask Offset(int dx, int dy) => new(Bounds.Offset(dx, dy), _coverage);

    /// <summary>Every pixel of a rectangle at 255.</summary>
    public static RegionMask Full(PixelRect bounds)
    {
        var coverage = new byte[bounds.IsEmpty ? 0 : bounds.Width * bounds.Height];
        Array.Fill(coverage, byte.MaxValue);
        return new RegionMask(bounds, coverage);
    }
}
