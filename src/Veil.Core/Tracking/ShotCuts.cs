namespace Veil.Tracking;

/// <summary>
/// Tells cuts between shots: frames whose coarse pictures are unlike each other. Nothing is followed across one. Thread-safe.
/// </summary>
public static class ShotCuts
{
    // Chosen on clips with and without cuts: see docs/tracking.md.
    private const float UnlikeBelow = 0.5f;
    private const float ChangedAbove = 18;

    /// <summary>True when a cut lies between two frames.</summary>
    /// <param name="before">The earlier frame.</param>
    /// <param name="after">The later frame, of the same size.</param>
    public static bool Between(LumaPyramid before, LumaPyramid after)
    {
        var (correlation, difference) = Compare(before, after);
        return correlation < UnlikeBelow && difference > ChangedAbove;
    }

    /// <summary>How like two frames are: correlation of their coarsest pictures, −1..1, and mean absolute difference, luma steps.</summary>
    /// <param name="before">The earlier frame.</param>
    /// <param name="after">The later frame, of the same size.</param>
    public static (float Correlation, float Difference) Compare(LumaPyramid before, LumaPyramid after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return Compare(before.Pixels(before.Levels - 1), after.Pixels(after.Levels - 1));
    }

    /// <summary>Zero-mean normalised cross-correlation and mean absolute difference of two pictures of the same size.</summary>
    private static (float Correlation, float Difference) Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        double sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, products = 0, differences = 0;
        for (var i = 0; i < a.Length; i++)
        {
            double left = a[i], right = b[i];
            sumA += left;
            sumB += right;
            squaresA += left * left;
            squaresB += right * right;
            products += left * right;
            differences += Math.Abs(left - right);
        }

        var count = a.Length;
        var variance = (squaresA - (sumA * sumA / count)) * (squaresB - (sumB * sumB / count));
        var covariance = products - (sumA * sumB / count);
        return (variance <= 0 ? 0 : (float)(covariance / Math.Sqrt(variance)), (float)(differences / count));
    }
}
