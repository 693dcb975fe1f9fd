using System.Numerics;

namespace Veil.Kernels;

/// <summary>
/// Median of small windows without counting: "forgetful selection". Of n values hold n/2 + 2; the smallest and the largest
/// of these cannot be the median and are dropped; take in one more, and so on. Only minima and maxima, so a vector of
/// pixels goes through at once.
/// </summary>
internal static unsafe class MedianSelection
{
    public static void Apply(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int width, int height, int channels, int radius)
    {
        var side = (2 * radius) + 1;
        var rowBytes = width * channels;
        var padded = rowBytes + (2 * radius * channels) + Vector<byte>.Count;
        using var rows = new Scratch<byte>(side * padded);
        using var result = new Scratch<byte>(rowBytes + Vector<byte>.Count);
        rows.Span.Clear();
        var held = stackalloc Vector<byte>[(side * side / 2) + 2];
        for (var y = -radius; y < height + radius; y++)
        {
            var slot = rows.Span.Slice((y + radius) % side * padded, padded);
            Pad(source.Slice(Math.Clamp(y, 0, height - 1) * sourceStride, rowBytes), slot, channels, radius);
            if (y < radius)
            {
                continue;
            }

            // All rows of the window are there; their order does not matter.
            for (var x = 0; x < rowBytes; x += Vector<byte>.Count)
            {
                Vector.Store(Select(rows.Pointer + x, padded, channels, side, held), result.Pointer + x);
            }

            result.Span[..rowBytes].CopyTo(target[((y - radius) * targetStride)..]);
        }
    }

    private static void Pad(ReadOnlySpan<byte> row, Span<byte> padded, int channels, int radius)
    {
        row.CopyTo(padded[(radius * channels)..]);
        for (var i = 0; i < radius; i++)
        {
            row[..channels].CopyTo(padded[(i * channels)..]);
            row[^channels..].CopyTo(padded[(row.Length + ((radius + i) * channels))..]);
        }
    }

    private static Vector<byte> Select(byte* corner, int padded, int channels, int side, Vector<byte>* held)
    {
        var count = (side * side / 2) + 2;
        var column = 0;
        var row = corner;
        for (var i = 0; i < count; i++)
        {
            held[i] = Next(ref row, ref column, padded, channels, side);
        }

        while (count > 3)
        {
            DropExtremes(held, count);

            // The smallest was moved to the front and the largest to the end; the new value takes the place of the first.
            held[0] = Next(ref row, ref column, padded, channels, side);
            count--;
        }

        return Vector.Max(Vector.Min(held[0], held[1]), Vector.Min(Vector.Max(held[0], held[1]), held[2]));
    }

    private static Vector<byte> Next(ref byte* row, ref int column, int padded, int channels, int side)
    {
        var pixel = Vector.Load(row + (column * channels));
        if (++column == side)
        {
            column = 0;
            row += padded;
        }

        return pixel;
    }

    // Pairs first: the smallest is among the lower, the largest among the upper halves.
    private static void DropExtremes(Vector<byte>* held, int count)
    {
        var half = count / 2;
        for (var i = 0; i < half; i++)
        {
            Order(held + i, held + count - 1 - i);
        }

        var upper = count - half;
        for (var i = 1; i < upper; i++)
        {
            Order(held, held + i);
        }

        for (var i = half; i < count - 1; i++)
        {
            Order(held + i, held + count - 1);
        }
    }

    private static void Order(Vector<byte>* low, Vector<byte>* high)
    {
        var (a, b) = (*low, *high);
        *low = Vector.Min(a, b);
        *high = Vector.Max(a, b);
    }
}
