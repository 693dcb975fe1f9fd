using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Veil.Imaging;

namespace Veil.Kernels;

/// <summary>
/// Conversions between pixel formats, row by row. Alpha is dropped, not blended. Thread-safe.
/// </summary>
public static class PixelConversion
{
    /// <summary>A whole picture as an <see cref="PixelFormat.Rgb24"/> copy, owned by the caller.</summary>
    /// <param name="source">Any format.</param>
    public static PixelBuffer ToRgb24(PixelBuffer source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var rgb = new PixelBuffer(source.Width, source.Height, PixelFormat.Rgb24);
        ToRgb24(source, source.Bounds, rgb);
        return rgb;
    }

    /// <summary>Converts part of a picture of any format to <see cref="PixelFormat.Rgb24"/>.</summary>
    /// <param name="source">Any format.</param>
    /// <param name="area">Pixels of the source; inside it and not empty.</param>
    /// <param name="target">An Rgb24 buffer of the area's size; must not overlap the source.</param>
    /// <exception cref="ArgumentException">The area does not lie in the source, or the target has another size or format.</exception>
    public static void ToRgb24(PixelBuffer source, PixelRect area, PixelBuffer target)
    {
        CheckArea(source, area, target, PixelFormat.Rgb24);
        using var view = source.View(area);
        for (var y = 0; y < area.Height; y++)
        {
            RowToRgb24(view.Row(y), source.Format, target.Row(y));
        }
    }

    /// <summary>Converts part of an <see cref="PixelFormat.Rgb24"/> or <see cref="PixelFormat.Gray8"/> picture to luminance.</summary>
    /// <param name="source">Rgb24 or Gray8.</param>
    /// <param name="area">Pixels of the source; inside it and not empty.</param>
    /// <param name="target">A Gray8 buffer of the area's size; must not overlap the source.</param>
    /// <exception cref="ArgumentException">A format differs, the area does not lie in the source, or the target has another size.</exception>
    public static void ToGray8(PixelBuffer source, PixelRect area, PixelBuffer target)
    {
        CheckArea(source, area, target, PixelFormat.Gray8);
        if (source.Format is not (PixelFormat.Rgb24 or PixelFormat.Gray8))
        {
            throw new ArgumentException($"Expected an Rgb24 or Gray8 source, but received {source.Format}.", nameof(source));
        }

        using var view = source.View(area);
        for (var y = 0; y < area.Height; y++)
        {
            if (source.Format == PixelFormat.Gray8)
            {
                view.Row(y).CopyTo(target.Row(y));
            }
            else
            {
                Rgb24ToGray8(view.Row(y), target.Row(y));
            }
        }
    }

    /// <summary>Converts a row of any format to Rgb24; 16-bit values become <c>(v × 255 + 32767) / 65535</c>.</summary>
    /// <param name="source">Whole pixels.</param>
    /// <param name="format">Their format.</param>
    /// <param name="target">Three bytes for every pixel.</param>
    /// <exception cref="ArgumentException">The target is too short, or the format unknown.</exception>
    public static void RowToRgb24(ReadOnlySpan<byte> source, PixelFormat format, Span<byte> target)
    {
        var width = source.Length / format.BytesPerPixel();
        Expect(target.Length, 3 * width, nameof(target));
        switch (format)
        {
            case PixelFormat.Rgb24:
                source.CopyTo(target);
                break;
            case PixelFormat.Rgb48:
                NarrowTo8(MemoryMarshal.Cast<byte, ushort>(source), target);
                break;
            case PixelFormat.Rgba32:
                DropAlpha(source, target, width);
                break;
            default:
                Spread(source, format, target, width);
                break;
        }
    }

    /// <summary>Rounds 16-bit values to 8 bits: <c>(v × 255 + 32767) / 65535</c>.</summary>
    /// <param name="source">Values 0..65535.</param>
    /// <param name="target">As many bytes.</param>
    /// <exception cref="ArgumentException">The target is too short.</exception>
    public static void NarrowTo8(ReadOnlySpan<ushort> source, Span<byte> target)
    {
        Expect(target.Length, source.Length, nameof(target));
        var i = 0;
        for (; i <= source.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var low = Narrow(Vector128.Create(source.Slice(i, 8)));
            var high = Narrow(Vector128.Create(source.Slice(i + 8, 8)));
            Vector128.Narrow(low, high).CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = Narrow(source[i]);
        }
    }

    /// <summary>Rec. 601 luminance, <c>0.299 R + 0.587 G + 0.114 B</c>, rounded; in 14-bit fixed point, as OpenCV's.</summary>
    /// <param name="source">Whole Rgb24 pixels.</param>
    /// <param name="target">One byte for every pixel.</param>
    /// <exception cref="ArgumentException">The target is too short.</exception>
    public static void Rgb24ToGray8(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var width = source.Length / 3;
        Expect(target.Length, width, nameof(target));
        for (var x = 0; x < width; x++)
        {
            var pixel = source.Slice(3 * x, 3);
            target[x] = (byte)(((pixel[0] * 4899) + (pixel[1] * 9617) + (pixel[2] * 1868) + 8192) >> 14);
        }
    }

    /// <summary>The plain form of <see cref="NarrowTo8"/>.</summary>
    internal static byte Narrow(ushort value) => (byte)(((value * 255) + 32767) / 65535);

    // ⌊n / 65535⌋ for n < 2³² − 2¹⁶ is (n + 1 + (n >> 16)) >> 16.
    private static Vector128<ushort> Narrow(Vector128<ushort> values)
    {
        var (low, high) = Vector128.Widen(values);
        return Vector128.Narrow(Divide(low), Divide(high));

        static Vector128<uint> Divide(Vector128<uint> value)
        {
            var n = (value * 255) + Vector128.Create(32767u);
            return Vector128.ShiftRightLogical(n + Vector128<uint>.One + Vector128.ShiftRightLogical(n, 16), 16);
        }
    }

    // Four pixels at a time: their twelve colour bytes are moved together, and the four bytes after them are overwritten
    // by the next pixels.
    private static void DropAlpha(ReadOnlySpan<byte> source, Span<byte> target, int width)
    {
        var together = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 15, 15, 15);
        var x = 0;
        for (; x <= width - 6; x += 4)
        {
            Vector128.Shuffle(Vector128.Create(source.Slice(4 * x, 16)), together).CopyTo(target[(3 * x)..]);
        }

        for (; x < width; x++)
        {
            source.Slice(4 * x, 3).CopyTo(target[(3 * x)..]);
        }
    }

    private static void Spread(ReadOnlySpan<byte> source, PixelFormat format, Span<byte> target, int width)
    {
        var wide = MemoryMarshal.Cast<byte, ushort>(source);
        for (var x = 0; x < width; x++)
        {
            var pixel = target.Slice(3 * x, 3);
            switch (format)
            {
                case PixelFormat.Gray8:
                    pixel.Fill(source[x]);
                    break;
                case PixelFormat.Gray16:
                    pixel.Fill(Narrow(wide[x]));
                    break;
                case PixelFormat.Rgba64:
                    (pixel[0], pixel[1], pixel[2]) = (Narrow(wide[4 * x]), Narrow(wide[(4 * x) + 1]), Narrow(wide[(4 * x) + 2]));
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(format), format, "Expected a known pixel format.");
            }
        }
    }

    private static void CheckArea(PixelBuffer source, PixelRect area, PixelBuffer target, PixelFormat format)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (target.Format != format || target.Width != area.Width || target.Height != area.Height)
        {
            throw new ArgumentException($"Expected a {area.Width}×{area.Height} {format} target, but received {target.Width}×{target.Height} {target.Format}.", nameof(target));
        }
    }

    private static void Expect(int length, int needed, string name)
    {
        if (length < needed)
        {
            throw new ArgumentException($"Expected at least {needed} bytes, but received {length}.", name);
        }
    }
}
