using System.Numerics;

namespace Veil.Kernels;

/// <summary>Products of vectors. Thread-safe.</summary>
public static class DotProduct
{
    /// <summary>Sum of the products of two vectors' elements.</summary>
    /// <param name="a">One vector.</param>
    /// <param name="b">The other; at least as long.</param>
    public static float Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        }

        var dot = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            dot += a[i] * b[i];
        }

        return dot;
    }
}
