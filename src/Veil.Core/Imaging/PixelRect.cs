namespace Veil.Imaging;

/// <summary>Whole pixels: columns <c>Left..Right−1</c>, rows <c>Top..Bottom−1</c> (half-open).</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Right">One past the last column.</param>
/// <param name="Bottom">One past the last row.</param>
public readonly record struct PixelRect(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Columns; zero or negative when empty.</summary>
    public int Width => Right - Left;

    /// <summary>Rows; zero or negative when empty.</summary>
    public int Height => Bottom - Top;

    /// <summary>True when no pixel lies inside.</summary>
    public bool IsEmpty => Right <= Left || Bottom <= Top;

    /// <summary>The pixels in both; check <see cref="IsEmpty"/>.</summary>
    public PixelRect Intersect(PixelRect other) => new(
        Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));

    /// <summary>The smallest rectangle around both, neither of which is empty.</summary>
    public PixelRect Union(PixelRect other) => new(
        Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>Grown by <paramref name="pixels"/> on every side.</summary>
    public PixelRect Inflate(int pixels) => new(Left - pixels, Top - pixels, Right + pixels, Bottom + pixels);

    /// <summary>Moved by (<paramref name="dx"/>, <paramref name="dy"/>).</summary>
    public PixelRect Offset(int dx, int dy) => new(Left + dx, Top + dy, Right + dx, Bottom + dy);
}
