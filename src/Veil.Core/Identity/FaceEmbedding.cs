using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Veil.Identity;

/// <summary>
/// What a recognition network says about one face: a unit vector. The nearer two vectors by cosine, the likelier the same
/// person. It identifies somebody as a fingerprint does, so it is kept in memory and has no written form. Immutable.
/// </summary>
public sealed class FaceEmbedding
{
    private readonly float[] _values;

    private FaceEmbedding(float[] values) => _values = values;

    /// <summary>Numbers in the vector.</summary>
    public int Dimensions => _values.Length;

    /// <summary>The vector, of length 1.</summary>
    internal ReadOnlySpan<float> Values => _values;

    /// <summary>Brings a network's output to length 1.</summary>
    /// <param name="output">At least one number.</param>
    /// <returns>Null for a vector without direction: all zeros, or with a number that is not finite.</returns>
    public static FaceEmbedding? Of(ReadOnlySpan<float> output)
    {
        var sum = 0.0;
        foreach (var value in output)
        {
            sum += (double)value * value;
        }

        if (!(sum > 0) || !double.IsFinite(sum))
        {
            return null;
        }

        var scale = 1 / Math.Sqrt(sum);
        var unit = new float[output.Length];
        for (var i = 0; i < unit.Length; i++)
        {
            unit[i] = (float)(output[i] * scale);
        }

        return new FaceEmbedding(unit);
    }

    /// <summary>The vector, of length 1: for measurements. It is personal data.</summary>
    public float[] ToArray() => [.. _values];

    /// <summary>Cosine of the angle between two vectors, −1..1; 1 for the same face.</summary>
    /// <param name="other">A vector of the same network.</param>
    /// <exception cref="ArgumentException">Another number of dimensions.</exception>
    public float Similarity(FaceEmbedding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Dimensions == Dimensions
            ? Dot(_values, other._values)
            : throw new ArgumentException($"Expected a vector of {Dimensions} numbers, but received {other.Dimensions}.", nameof(other));
    }

    // Four lanes on every processor, so that a decision does not depend on the machine's vector width.
    internal static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector128<float>.Zero;
        var left = MemoryMarshal.Cast<float, Vector128<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector128<float>>(b);
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        var rest = (sum[0] + sum[1]) + (sum[2] + sum[3]);
        for (var i = left.Length * Vector128<float>.Count; i < a.Length; i++)
        {
            rest += a[i] * b[i];
        }

        return rest;
    }
}
