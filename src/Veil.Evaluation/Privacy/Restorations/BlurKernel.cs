namespace Veil.Evaluation.Privacy.Restorations;

/// <summary>A symmetric kernel along one axis. Immutable.</summary>
internal sealed class BlurKernel
{
    // Weights of the centre and of each pixel beside it, to one side; together with the other side they make 1.
    private readonly double[] _weights;

    private BlurKernel(double[] weights)
    {
        var sum = weights[0] + (2 * weights.Skip(1).Sum());
        _weights = [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>A Gaussian cut off at a radius.</summary>
    /// <param name="sigma">Standard deviation in pixels, above 0.</param>
    /// <param name="radius">Pixels to each side; rounded.</param>
    public static BlurKernel Gaussian(double sigma, double radius) =>
        new([.. Enumerable.Range(0, 1 + (int)Math.Round(radius)).Select(x => Math.Exp(-x * x / (2 * sigma * sigma)))]);

    /// <summary>A mean.</summary>
    /// <param name="side">Pixels in all, 1 or more; where it is no odd number the outermost ones count in part.</param>
    public static BlurKernel Box(double side)
    {
        var reach = (side - 1) / 2;
        var whole = (int)Math.Floor(reach + 1e-6);
        var rest = Math.Max(0, reach - whole);
        return new([.. Enumerable.Repeat(1.0, whole + 1), .. rest > 1e-6 ? [rest] : Array.Empty<double>()]);
    }

    /// <summary>
    /// By how much the kernel weakens each cosine wave on a line whose border is mirrored about its outermost pixels. These waves,
    /// <c>cos(πkx/(length−1))</c>, are exactly what such a blur leaves in shape, so that it can be undone wave by wave.
    /// </summary>
    /// <param name="length">Pixels of the line, at least 1.</param>
    public double[] Response(int length)
    {
        var response = new double[length];
        for (var k = 0; k < length; k++)
        {
            var step = length == 1 ? 0 : Math.PI * k / (length - 1);
            var sum = _weights[0];
            for (var x = 1; x < _weights.Length; x++)
            {
                sum += 2 * _weights[x] * Math.Cos(step * x);
            }

            response[k] = sum;
        }

        return response;
    }
}
