using System.Numerics;

namespace Veil.Anonymization.Methods.Veiling;

/// <summary>
/// Fine noise with a triangular distribution, hashed from place and seed: the same pixel of a region always gets the same
/// value, whatever was drawn before. The triangle also dithers the gradient to 8 bits without banding (Lipshitz,
/// Wannamaker and Vanderkooy, 1992).
/// </summary>
internal static class VeilGrain
{
    private const uint Column = 0x9E3779B1;
    private const uint Line = 0x85EBCA77;
    private const uint First = 0x2C1B3C6D;
    private const uint Second = 0x297A2D39;

    /// <summary>Adds noise to a row.</summary>
    /// <param name="row">Changed.</param>
    /// <param name="left">Region column of the first value; may be negative.</param>
    /// <param name="y">Region row; may be negative.</param>
    /// <param name="coarseness">Base-two logarithm of the grain's size in pixels, 0..8.</param>
    /// <param name="amplitude">Largest value added or taken away.</param>
    /// <param name="seed">Which noise.</param>
    public static void AddRow(Span<float> row, int left, int y, int coarseness, float amplitude, uint seed)
    {
        var start = unchecked(((uint)(y >> coarseness) * Line) ^ seed);
        var scale = amplitude / ushort.MaxValue;
        var x = 0;
        var columns = Vector<int>.Indices + new Vector<int>(left);
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var hash = (Vector.AsVectorUInt32(columns >> coarseness) * Column) ^ new Vector<uint>(start);
            hash = (hash ^ (hash >>> 15)) * First;
            hash = (hash ^ (hash >>> 12)) * Second;
            hash ^= hash >>> 15;

            // Two 16-bit halves, each evenly distributed: their difference has a triangular distribution around 0.
            var triangle = Vector.AsVectorInt32(hash & new Vector<uint>(0xFFFF)) - Vector.AsVectorInt32(hash >>> 16);
            var sum = new Vector<float>(row[x..]) + (Vector.ConvertToSingle(triangle) * scale);
            sum.CopyTo(row[x..]);
            columns += new Vector<int>(Vector<float>.Count);
        }

        AddRowScalar(row[x..], left + x, y, coarseness, amplitude, seed);
    }

    /// <summary>What <see cref="AddRow"/> computes, one pixel at a time.</summary>
    public static void AddRowScalar(Span<float> row, int left, int y, int coarseness, float amplitude, uint seed)
    {
        var start = unchecked(((uint)(y >> coarseness) * Line) ^ seed);
        var scale = amplitude / ushort.MaxValue;
        for (var x = 0; x < row.Length; x++)
        {
            unchecked
            {
                var hash = ((uint)((left + x) >> coarseness) * Column) ^ start;
                hash = (hash ^ (hash >> 15)) * First;
                hash = (hash ^ (hash >> 12)) * Second;
                hash ^= hash >> 15;
                row[x] += ((int)(hash & 0xFFFF) - (int)(hash >> 16)) * scale;
            }
        }
    }
}
