namespace Veil.Kernels;

/// <summary>
/// How saturation and value (of HSV) are spread in a picture, in the smooth form in which DeepPrivacy2 compares them, and how
/// far two pictures are apart in this. Immutable, thread-safe.
/// </summary>
/// <remarks>
/// Value is the largest channel, saturation the difference of largest and smallest over the largest (Smith, 1978), both 0..1.
/// As <c>kornia.enhance.histogram</c> with 256 bins from 0 to 1 and a bandwidth of 1: a Gaussian of that width around every
/// pixel, normalised to a sum of 1. Wide as it is, it says hardly more than the means. Values are rounded to 1/255 first.
/// </remarks>
public sealed class ToneHistogram
{
    private const int Bins = 256;
    private static readonly float[] Gaussian = [.. Enumerable.Range(0, Bins).Select(step => MathF.Exp(-0.5f * (step / 255f) * (step / 255f)))];

    private readonly float[] _saturation;
    private readonly float[] _value;

    private ToneHistogram(float[] saturation, float[] value) => (_saturation, _value) = (saturation, value);

    /// <summary>Gathers a picture.</summary>
    /// <param name="pixels">Red, green, blue, 8 bits each, without padding.</param>
    /// <param name="counts">One byte for each pixel; those with 0 count, others do not. Empty: all count.</param>
    /// <exception cref="ArgumentException">The lengths do not go together, or no pixel counts.</exception>
    public static ToneHistogram Of(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> counts = default)
    {
        if (pixels.Length % 3 != 0 || (counts.Length != 0 && counts.Length != pixels.Length / 3))
        {
            throw new ArgumentException($"Expected three bytes a pixel and as many marks or none, but received {pixels.Length} and {counts.Length}.", nameof(pixels));
        }

        Span<int> saturation = stackalloc int[Bins];
        Span<int> value = stackalloc int[Bins];
        var total = 0;
        for (var i = 0; i < pixels.Length / 3; i++)
        {
            if (counts.Length != 0 && counts[i] != 0)
            {
                continue;
            }

            var pixel = pixels.Slice(i * 3, 3);
            int largest = Math.Max(pixel[0], Math.Max(pixel[1], pixel[2]));
            int smallest = Math.Min(pixel[0], Math.Min(pixel[1], pixel[2]));
            value[largest]++;
            saturation[largest == 0 ? 0 : (((largest - smallest) * 255) + (largest / 2)) / largest]++;
            total++;
        }

        return total > 0
            ? new ToneHistogram(Cumulated(saturation), Cumulated(value))
            : throw new ArgumentException("Expected at least one pixel that counts, but received none.", nameof(counts));
    }

    /// <summary>
    /// The sum, over saturation and value, of the first Wasserstein distance of the two in bins: the absolute differences of the
    /// cumulative histograms, added up. About 21 times the difference of the means; 0 for the same picture.
    /// </summary>
    public float DistanceTo(ToneHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var sum = 0f;
        for (var i = 0; i < Bins; i++)
        {
            sum += MathF.Abs(_saturation[i] - other._saturation[i]) + MathF.Abs(_value[i] - other._value[i]);
        }

        return sum;
    }

    private static float[] Cumulated(ReadOnlySpan<int> counts)
    {
        var result = new float[Bins];
        var total = 0.0;
        var sums = new double[Bins];
        for (var bin = 0; bin < Bins; bin++)
        {
            for (var from = 0; from < Bins; from++)
            {
                total += counts[from] * (double)Gaussian[Math.Abs(bin - from)];
            }

            sums[bin] = total;
        }

        for (var bin = 0; bin < Bins; bin++)
        {
            result[bin] = (float)(sums[bin] / total);
        }

        return result;
    }
}
