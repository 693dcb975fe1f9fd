namespace Veil.Anonymization.Synthesis.Film;

/// <summary>How firmly a <see cref="OneEuroFilter"/> holds.</summary>
/// <param name="Slowest">Cut-off frequency of a value at rest, cycles a frame, above 0: the less, the stiller.</param>
/// <param name="Speed">How much the cut-off rises with the value's change a frame: the more, the less it lags behind.</param>
internal readonly record struct Steadiness(float Slowest, float Speed);

/// <summary>
/// A low-pass filter that holds a resting value still and lets a moving one pass (Casiez, Roussel and Vogel, 1€ Filter: A Simple
/// Speed-based Low-pass Filter for Noisy Input in Interactive Systems, 2012). Its time is counted in frames. Not thread-safe.
/// </summary>
/// <param name="steadiness">How firmly.</param>
internal struct OneEuroFilter(Steadiness steadiness)
{
    // Of the speed itself, cycles a frame: the authors' 1 Hz at 25 frames a second.
    private const float SpeedCutoff = 0.04f;

    private float? _value;
    private float _last;
    private float _speed;

    /// <summary>The next frame's value, filtered; the first is given back as it is.</summary>
    /// <param name="value">The value as measured.</param>
    /// <param name="unit">What its speed is counted in, in units of the value; may change from frame to frame.</param>
    public float Next(float value, float unit = 1)
    {
        if (_value is not { } before)
        {
            (_value, _last) = (value, value);
            return value;
        }

        _speed += Weight(SpeedCutoff) * (value - _last - _speed);
        _last = value;
        var now = before + (Weight(steadiness.Slowest + (steadiness.Speed * MathF.Abs(_speed) / unit)) * (value - before));
        _value = now;
        return now;
    }

    /// <summary>The share of the newest value for a cut-off frequency in cycles a frame.</summary>
    internal static float Weight(float cutoff) => 1 / (1 + (1 / (2 * MathF.PI * cutoff)));
}
