using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Veil.Video.Planar;

/// <summary>Rows of 8-bit samples to colours, sixteen pixels at a time: the same values as <see cref="YuvMatrix.YuvFactors.ToRgb"/>.</summary>
internal static class YuvRows
{
    private const int Block = 16;
    private const int Bits = 14;

    // Byte i of the j-th sixteen of forty-eight is colour (16j + i) % 3 of pixel (16j + i) / 3; 255 takes nothing.
    private static readonly Vector128<byte>[] Places =
        [.. Enumerable.Range(0, 9).Select(table => Vector128.Create([.. Enumerable.Range(0, Block).Select(i => Place((table / 3 * Block) + i, table % 3))]))];

    /// <summary>Converts whole blocks.</summary>
    /// <param name="y">Luma.</param>
    /// <param name="u">First colour difference, as many as luma.</param>
    /// <param name="v">Second colour difference, as many as luma.</param>
    /// <param name="target">Three bytes for each.</param>
    /// <param name="factors">For 8-bit samples and colours.</param>
    /// <returns>How many pixels are done; the rest is left to the caller.</returns>
    public static int ToRgb24(ReadOnlySpan<byte> y, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, Span<byte> target, in YuvMatrix.YuvFactors factors)
    {
        var count = Vector128.IsHardwareAccelerated ? Math.Min(y.Length, target.Length / 3) / Block * Block : 0;
        var (lumaFactor, redByV, greenByU, greenByV, blueByU) = (
            Vector128.Create((int)factors.Luma), Vector128.Create((int)factors.RedByV), Vector128.Create((int)factors.GreenByU), Vector128.Create((int)factors.GreenByV),
            Vector128.Create((int)factors.BlueByU));

        // What is taken from the samples before they are multiplied, and the rounding, as one number each.
        var (black, middle, half) = (Vector128.Create(factors.Black), Vector128.Create(factors.Middle), Vector128.Create(1 << (Bits - 1)));
        Span<Vector128<int>> red = stackalloc Vector128<int>[4];
        Span<Vector128<int>> green = stackalloc Vector128<int>[4];
        Span<Vector128<int>> blue = stackalloc Vector128<int>[4];
        for (var x = 0; x < count; x += Block)
        {
            for (var part = 0; part < 4; part++)
            {
                var light = ((Four(y, x + (part * 4)) - black) * lumaFactor) + half;
                var (first, second) = (Four(u, x + (part * 4)) - middle, Four(v, x + (part * 4)) - middle);
                red[part] = Clamp((light + (second * redByV)) >> Bits);
                green[part] = Clamp((light + (first * greenByU) + (second * greenByV)) >> Bits);
                blue[part] = Clamp((light + (first * blueByU)) >> Bits);
            }

            var (r, g, b) = (Bytes(red), Bytes(green), Bytes(blue));
            for (var third = 0; third < 3; third++)
            {
                var bytes = Vector128.Shuffle(r, Places[third * 3]) | Vector128.Shuffle(g, Places[(third * 3) + 1]) | Vector128.Shuffle(b, Places[(third * 3) + 2]);
                bytes.CopyTo(target.Slice((x * 3) + (third * Block), Block));
            }
        }

        return count;
    }

    private static byte Place(int at, int colour) => at % 3 == colour ? (byte)(at / 3) : byte.MaxValue;

    private static Vector128<int> Four(ReadOnlySpan<byte> samples, int at)
    {
        var packed = Vector128.CreateScalar(MemoryMarshal.Read<uint>(samples.Slice(at, 4))).AsByte();
        return Vector128.WidenLower(Vector128.WidenLower(packed)).AsInt32();
    }

    private static Vector128<int> Clamp(Vector128<int> value) => Vector128.Min(Vector128.Max(value, Vector128<int>.Zero), Vector128.Create(255));

    private static Vector128<byte> Bytes(ReadOnlySpan<Vector128<int>> parts) =>
        Vector128.Narrow(Vector128.Narrow(parts[0].AsUInt32(), parts[1].AsUInt32()), Vector128.Narrow(parts[2].AsUInt32(), parts[3].AsUInt32()));
}
