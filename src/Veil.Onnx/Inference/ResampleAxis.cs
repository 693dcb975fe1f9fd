namespace Veil.Onnx.Inference;

/// <summary>
/// For each output position along one axis: which source positions it mixes, with which weights. Reduction by more than
/// <see cref="AreaFrom"/> averages the covered source pixels (anything less would alias); otherwise two neighbours are
/// interpolated linearly, as the models were trained with. Positions outside the source repeat its border.
/// </summary>
internal sealed class ResampleAxis
{
    /// <summary>Reduction from which the covered area is averaged.</summary>
    public const float AreaFrom = 2;

    private int[] _starts = [];
    private float[] _weights = [];

    /// <summary>Source positions per output position.</summary>
    public int Taps { get; private set; }

    /// <summary>First source position of each output position; <c>start + Taps ≤ source length</c>.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    /// <summary><see cref="Taps"/> weights for each output position; they add up to 1.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Count * Taps);

    /// <summary>Output positions.</summary>
    public int Count { get; private set; }

    /// <summary>Computes the table.</summary>
    /// <param name="count">Output positions, at least 1.</param>
    /// <param name="sourceLength">Source positions, at least 1.</param>
    /// <param name="origin">Source coordinate (edge convention) of the output's left edge.</param>
    /// <param name="step">Source pixels per output pixel, positive.</param>
    public void Set(int count, int sourceLength, float origin, float step)
    {
        var area = step > AreaFrom;
        Count = count;
        Taps = Math.Min(sourceLength, area ? (int)MathF.Ceiling(step) + 1 : 2);
        if (_starts.Length < count)
        {
            _starts = new int[count];
        }

        if (_weights.Length < count * Taps)
        {
            _weights = new float[count * Taps];
        }

        Array.Clear(_weights, 0, count * Taps);
        for (var i = 0; i < count; i++)
        {
            var from = origin + (i * step);
            if (area)
            {
                Average(i, sourceLength, from, from + step);
            }
            else
            {
                Interpolate(i, sourceLength, from + (step / 2) - 0.5f);
            }
        }
    }

    private void Interpolate(int i, int length, float position)
    {
        position = Math.Clamp(position, 0, length - 1);
        var start = Math.Clamp((int)position, 0, length - Taps);
        var second = Math.Clamp(position - start, 0, 1);
        _starts[i] = start;
        if (Taps == 1)
        {
            _weights[i] = 1;
            return;
        }

        _weights[2 * i] = 1 - second;
        _weights[(2 * i) + 1] = second;
    }

    private void Average(int i, int length, float from, float to)
    {
        from = Math.Clamp(from, 0, length - 1);
        to = Math.Clamp(to, from + 1e-3f, length);
        var start = Math.Min((int)from, length - Taps);
        _starts[i] = start;
        var weights = _weights.AsSpan(i * Taps, Taps);
        var sum = 0f;
        for (var k = 0; k < Taps; k++)
        {
            weights[k] = Math.Max(0, Math.Min(to, start + k + 1) - Math.Max(from, start + k));
            sum += weights[k];
        }

        foreach (ref var weight in weights)
        {
            weight /= sum;
        }
    }
}
