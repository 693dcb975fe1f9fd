using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;

namespace Veil.Anonymization;

/// <summary>
/// Lays a canvas over a picture: where coverage is 255 the result replaces the pixel, alpha included (opaque), between it
/// is blended over, and where coverage is 0 not a byte changes. The result counts as opaque, so alpha keeps no silhouette
/// of what was cut out there.
/// </summary>
internal static class MaskCompositor
{
    private const int Full = byte.MaxValue;

    public static void Composite(RegionCanvas canvas, PixelBuffer image)
    {
        using var view = image.View(canvas.Area);
        var bytes = image.Format.BytesPerPixel();
        for (var y = 0; y < canvas.Height; y++)
        {
            var coverage = canvas.Coverage(y);
            var from = canvas.Target.Row(y);
            var row = view.Row(y);
            for (var x = 0; x < coverage.Length;)
            {
                var run = Run(coverage[x..]);
                if (coverage[x] != 0)
                {
                    Blend(image.Format, from.Slice(x * 3, run * 3), row.Slice(x * bytes, run * bytes), coverage.Slice(x, run));
                }

                x += run;
            }
        }
    }

    /// <summary>How many pixels go on as the first: not covered, fully covered, or between.</summary>
    private static int Run(ReadOnlySpan<byte> coverage)
    {
        var end = coverage[0] is 0 or Full ? coverage.IndexOfAnyExcept(coverage[0]) : coverage.IndexOfAny<byte>(0, Full);
        return end < 0 ? coverage.Length : end;
    }

    private static void Blend(PixelFormat format, ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<byte> coverage)
    {
        switch (format)
        {
            case PixelFormat.Rgb24 when coverage[0] == Full:
                from.CopyTo(to);
                break;
            case PixelFormat.Rgb24:
                BlendColour(from, to, coverage, 1);
                break;
            case PixelFormat.Rgb48:
                BlendColour(from, MemoryMarshal.Cast<byte, ushort>(to), coverage, 257);
                break;
            case PixelFormat.Gray8:
                BlendGrey(from, to, coverage, 1);
                break;
            case PixelFormat.Gray16:
                BlendGrey(from, MemoryMarshal.Cast<byte, ushort>(to), coverage, 257);
                break;
            case PixelFormat.Rgba32:
                BlendAlpha(from, to, coverage, 1);
                break;
            case PixelFormat.Rgba64:
                BlendAlpha(from, MemoryMarshal.Cast<byte, ushort>(to), coverage, 257);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Expected a known pixel format.");
        }
    }

    private static void BlendColour<T>(ReadOnlySpan<byte> from, Span<T> to, ReadOnlySpan<byte> coverage, int scale)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int x = 0, i = 0; i + 2 < to.Length && i + 2 < from.Length && x < coverage.Length; x++, i += 3)
        {
            int above = coverage[x];
            to[i] = T.CreateTruncating(Mix(int.CreateTruncating(to[i]), from[i] * scale, above));
            to[i + 1] = T.CreateTruncating(Mix(int.CreateTruncating(to[i + 1]), from[i + 1] * scale, above));
            to[i + 2] = T.CreateTruncating(Mix(int.CreateTruncating(to[i + 2]), from[i + 2] * scale, above));
        }
    }

    private static void BlendGrey<T>(ReadOnlySpan<byte> from, Span<T> to, ReadOnlySpan<byte> coverage, int scale)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = 0; i < to.Length; i++)
        {
            // Rec. 601 luma in 14-bit weights that add up to 1: grey stays exactly as it is.
            var luma = ((4899 * from[i * 3]) + (9617 * from[(i * 3) + 1]) + (1868 * from[(i * 3) + 2]) + 8192) >> 14;
            to[i] = T.CreateTruncating(Mix(int.CreateTruncating(to[i]), luma * scale, coverage[i]));
        }
    }

    /// <summary>Straight alpha: an opaque colour at the given coverage <em>over</em> the pixel (Porter and Duff, 1984).</summary>
    private static void BlendAlpha<T>(ReadOnlySpan<byte> from, Span<T> to, ReadOnlySpan<byte> coverage, int scale)
        where T : unmanaged, IBinaryInteger<T>
    {
        var opaque = (long)Full * scale;
        for (int i = 0, p = 0; p < to.Length; i += 3, p += 4)
        {
            int cover = coverage[p / 4];
            var above = cover * opaque;
            var below = (Full - cover) * long.CreateTruncating(to[p + 3]);
            var sum = above + below;
            for (var c = 0; c < 3; c++)
            {
                var colour = (from[i + c] * scale * above) + (long.CreateTruncating(to[p + c]) * below);
                to[p + c] = T.CreateTruncating((colour + (sum / 2)) / sum);
            }

            to[p + 3] = T.CreateTruncating((sum + (Full / 2)) / Full);
        }
    }

    private static int Mix(int below, int above, int coverage) => ((below * (Full - coverage)) + (above * coverage) + (Full / 2)) / Full;
}
