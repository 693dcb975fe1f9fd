using System.Numerics;
using Veil.Kernels;

namespace Veil.Evaluation.Reidentification;

/// <summary>How far apart two descriptions of faces are; the nearest counts as the same person.</summary>
public enum FaceDistance
{
    /// <summary>Of unit vectors, by the angle between them: what recognition networks are trained for.</summary>
    Cosine,

    /// <summary>Straight-line distance: for colours and pixels.</summary>
    Euclidean,
}

internal static class FaceDistances
{
    /// <summary>A number that grows with the distance; equal vectors are always equally far from a third.</summary>
    public static float Between(this FaceDistance distance, ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        distance == FaceDistance.Cosine ? -DotProduct.Of(a, b) : SquaredDistance(a, b);

    private static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var difference = new Vector<float>(a[i..]) - new Vector<float>(b[i..]);
            sum += difference * difference;
        }

        var total = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            total += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return total;
    }
}
