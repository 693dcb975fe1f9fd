using Veil.Imaging;

namespace Veil.Tracking;

/// <summary>
/// A frame's luma at falling sizes, each half the one before: what motion is told from, and all that is kept of frames for
/// it. Immutable; thread-safe.
/// </summary>
public sealed class LumaPyramid
{
    /// <summary>No level is shorter than this.</summary>
    private const int ShortestSide = 16;

    private readonly byte[][] _levels;
    private readonly (int Width, int Height)[] _sizes;

    private LumaPyramid(byte[][] levels, (int Width, int Height)[] sizes, int reduction) => (_levels, _sizes, Reduction) = (levels, sizes, reduction);

    /// <summary>Frame pixels for a pixel of the first level, along each side.</summary>
    public int Reduction { get; }

    /// <summary>How many levels; at least 1.</summary>
    public int Levels => _levels.Length;

    /// <summary>Makes the levels.</summary>
    /// <param name="luma">The first level, <see cref="PixelFormat.Gray8"/>; copied.</param>
    /// <param name="reduction">Frame pixels for one of its pixels, along each side.</param>
    public static LumaPyramid Of(PixelBuffer luma, int reduction)
    {
        ArgumentNullException.ThrowIfNull(luma);
        ArgumentOutOfRangeException.ThrowIfLessThan(reduction, 1);
        if (luma.Format != PixelFormat.Gray8)
        {
            throw new ArgumentException($"Expected {PixelFormat.Gray8}, but received {luma.Format}.", nameof(luma));
        }

        var first = new byte[luma.Width * luma.Height];
        for (var y = 0; y < luma.Height; y++)
        {
            luma.Row(y).CopyTo(first.AsSpan(y * luma.Width));
        }

        List<byte[]> levels = [first];
        List<(int Width, int Height)> sizes = [(luma.Width, luma.Height)];
        while (Math.Min(sizes[^1].Width, sizes[^1].Height) >= 2 * ShortestSide)
        {
            var (width, height) = sizes[^1];
            levels.Add(Halve(levels[^1], width, height));
            sizes.Add((width / 2, height / 2));
        }

        return new LumaPyramid([.. levels], [.. sizes], reduction);
    }

    /// <summary>The pixels of a level, row after row.</summary>
    public ReadOnlySpan<byte> Pixels(int level) => _levels[level];

    /// <summary>Columns and rows of a level.</summary>
    public (int Width, int Height) Size(int level) => _sizes[level];

    /// <summary>Frame pixels for a pixel of a level, along each side.</summary>
    public float Scale(int level) => Reduction << level;

    private static byte[] Halve(byte[] from, int width, int height)
    {
        var (halfWidth, halfHeight) = (width / 2, height / 2);
        var half = new byte[halfWidth * halfHeight];
        for (var y = 0; y < halfHeight; y++)
        {
            var upper = from.AsSpan(2 * y * width, 2 * halfWidth);
            var lower = from.AsSpan(((2 * y) + 1) * width, 2 * halfWidth);
            var row = half.AsSpan(y * halfWidth, halfWidth);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = (byte)((upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1] + 2) >> 2);
            }
        }

        return half;
    }
}
