using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Veil.Kernels;

/// <summary>
/// Turns tiles of 16 × 16 values about their diagonal, in registers. A round interleaves row i with row i + 8: a value's
/// place (row, column), read as eight bits, is rotated by one bit; after four rounds row and column have changed places.
/// </summary>
internal static unsafe class Tile
{
    private const int Side = 16;

    /// <summary>Transposes bytes, rows packed.</summary>
    public static void Transpose(byte* source, byte* target)
    {
        Round(source, target);
        var other = stackalloc byte[Side * Side];
        Round(target, other);
        Round(other, target);
        Round(target, other);
        for (var i = 0; i < Side * Side; i += Side)
        {
            Vector128.Load(other + i).Store(target + i);
        }
    }

    /// <summary>Transposes 16-bit values and turns them into floats.</summary>
    public static void TransposeToFloat(ushort* source, float* target)
    {
        // Four 8 × 8 quarters: three rounds each.
        for (var top = 0; top < Side; top += 8)
        {
            for (var left = 0; left < Side; left += 8)
            {
                Quarter(source + (top * Side) + left, target + (left * Side) + top);
            }
        }
    }

    private static void Quarter(ushort* source, float* target)
    {
        var (r0, r1, r2, r3) = (Vector128.Load(source), Vector128.Load(source + Side), Vector128.Load(source + (2 * Side)), Vector128.Load(source + (3 * Side)));
        source += 4 * Side;
        var (r4, r5, r6, r7) = (Vector128.Load(source), Vector128.Load(source + Side), Vector128.Load(source + (2 * Side)), Vector128.Load(source + (3 * Side)));

        var (a0, a1, a2, a3) = (Low(r0, r4), High(r0, r4), Low(r1, r5), High(r1, r5));
        var (a4, a5, a6, a7) = (Low(r2, r6), High(r2, r6), Low(r3, r7), High(r3, r7));

        var (b0, b1, b2, b3) = (Low(a0, a4), High(a0, a4), Low(a1, a5), High(a1, a5));
        var (b4, b5, b6, b7) = (Low(a2, a6), High(a2, a6), Low(a3, a7), High(a3, a7));

        Put(Low(b0, b4), target);
        Put(High(b0, b4), target + Side);
        Put(Low(b1, b5), target + (2 * Side));
        Put(High(b1, b5), target + (3 * Side));
        Put(Low(b2, b6), target + (4 * Side));
        Put(High(b2, b6), target + (5 * Side));
        Put(Low(b3, b7), target + (6 * Side));
        Put(High(b3, b7), target + (7 * Side));
    }

    private static void Put(Vector128<ushort> values, float* target)
    {
        var (low, high) = Vector128.Widen(values);
        Vector128.ConvertToSingle(low.AsInt32()).Store(target);
        Vector128.ConvertToSingle(high.AsInt32()).Store(target + 4);
    }

    private static void Round(byte* source, byte* target)
    {
        for (var row = 0; row < 8; row++)
        {
            var upper = Vector128.Load(source + (row * Side));
            var lower = Vector128.Load(source + ((row + 8) * Side));
            Low(upper, lower).Store(target + (2 * row * Side));
            High(upper, lower).Store(target + (((2 * row) + 1) * Side));
        }
    }

    // Interleaving is one instruction where the processor has it, and widen-and-shift elsewhere.
    private static Vector128<byte> Low(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.UnpackLow(a, b)
        : (Vector128.WidenLower(a) | Vector128.ShiftLeft(Vector128.WidenLower(b), 8)).AsByte();

    private static Vector128<byte> High(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.UnpackHigh(a, b)
        : (Vector128.WidenUpper(a) | Vector128.ShiftLeft(Vector128.WidenUpper(b), 8)).AsByte();

    private static Vector128<ushort> Low(Vector128<ushort> a, Vector128<ushort> b) => Sse2.IsSupported
        ? Sse2.UnpackLow(a, b)
        : (Vector128.WidenLower(a) | Vector128.ShiftLeft(Vector128.WidenLower(b), 16)).AsUInt16();

    private static Vector128<ushort> High(Vector128<ushort> a, Vector128<ushort> b) => Sse2.IsSupported
        ? Sse2.UnpackHigh(a, b)
        : (Vector128.WidenUpper(a) | Vector128.ShiftLeft(Vector128.WidenUpper(b), 16)).AsUInt16();
}
