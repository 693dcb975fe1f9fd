namespace Veil.Evaluation.Privacy.Verification;

/// <summary>
/// What share of true pairs is accepted at a share of false ones, over all thresholds. Pairs at the same distance are accepted
/// together; between two thresholds the curve is straight, which is what somebody reaches who accepts some of the tied pairs at
/// random (Fawcett, "An introduction to ROC analysis", 2006). So distances that say nothing give the diagonal.
/// </summary>
public sealed class RocCurve
{
    private readonly float[] _genuine;
    private readonly float[] _impostors;

    /// <summary>Takes over distances and sorts them.</summary>
    /// <param name="genuine">Of true pairs, at least one; no NaN.</param>
    /// <param name="impostors">Of false pairs, at least one; no NaN.</param>
    public RocCurve(float[] genuine, float[] impostors)
    {
        ArgumentNullException.ThrowIfNull(genuine);
        ArgumentNullException.ThrowIfNull(impostors);
        ArgumentOutOfRangeException.ThrowIfZero(genuine.Length, nameof(genuine));
        ArgumentOutOfRangeException.ThrowIfZero(impostors.Length, nameof(impostors));
        Array.Sort(genuine);
        Array.Sort(impostors);
        (_genuine, _impostors) = (genuine, impostors);
    }

    /// <summary>The distance at which a share of false pairs is reached.</summary>
    /// <param name="falseAccepts">0..1.</param>
    public float Threshold(double falseAccepts) =>
        _impostors[(int)Math.Clamp(Math.Ceiling(falseAccepts * _impostors.Length) - 1, 0, _impostors.Length - 1)];

    /// <summary>Share of true pairs accepted.</summary>
    /// <param name="falseAccepts">At this share of false ones, 0..1.</param>
    public double TrueAccepts(double falseAccepts)
    {
        var threshold = Threshold(falseAccepts);
        var (below, upTo) = Span(_impostors, threshold);
        var (trueBelow, trueUpTo) = Span(_genuine, threshold);
        var part = Math.Clamp(((falseAccepts * _impostors.Length) - below) / (upTo - below), 0, 1);
        return (trueBelow + (part * (trueUpTo - trueBelow))) / _genuine.Length;
    }

    /// <summary>The share of false pairs accepted where as many true ones are refused.</summary>
    public double EqualError()
    {
        var (i, j) = (0, 0);
        var (accepted, refused) = (0.0, 1.0);
        while (i < _impostors.Length || j < _genuine.Length)
        {
            var threshold = i == _impostors.Length ? _genuine[j] : j == _genuine.Length ? _impostors[i] : Math.Min(_impostors[i], _genuine[j]);
            while (i < _impostors.Length && _impostors[i] <= threshold)
            {
                i++;
            }

            while (j < _genuine.Length && _genuine[j] <= threshold)
            {
                j++;
            }

            var (nextAccepted, nextRefused) = ((double)i / _impostors.Length, 1 - ((double)j / _genuine.Length));
            if (nextAccepted >= nextRefused)
            {
                // Along the straight piece between two thresholds.
                var part = (refused - accepted) / (refused - accepted + nextAccepted - nextRefused);
                return accepted + (part * (nextAccepted - accepted));
            }

            (accepted, refused) = (nextAccepted, nextRefused);
        }

        return accepted;
    }

    /// <summary>How many are below a value, and how many not above it.</summary>
    private static (int Below, int UpTo) Span(float[] sorted, float value) => (First(sorted, value, above: 0), First(sorted, value, above: 1));

    private static int First(float[] sorted, float value, int above)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle].CompareTo(value) < above ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
