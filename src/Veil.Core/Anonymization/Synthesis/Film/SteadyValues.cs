namespace Veil.Anonymization.Synthesis.Film;

/// <summary>
/// Numbers such as colour, light and grain that change slowly along a track: each is its exponentially weighted mean over
/// the frames so far. Not thread-safe.
/// </summary>
/// <param name="weight">Of the newest frame, above 0, at most 1.</param>
internal sealed class SteadyValues(float weight)
{
    /// <summary>The weight that suits light: nine tenths of a change are reached in 22 frames, a bit less than a second.</summary>
    public const float Light = 0.1f;

    private float[]? _values;

    /// <summary>Takes the next frame's numbers, and replaces them by their mean so far. Those of the first frame stay.</summary>
    /// <param name="values">As many in every frame.</param>
    public void Next(Span<float> values)
    {
        if (_values is null)
        {
            _values = values.ToArray();
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _values[i] += weight * (values[i] - _values[i]);
        }
    }
}
