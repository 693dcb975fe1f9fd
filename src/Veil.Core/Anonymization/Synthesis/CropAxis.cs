namespace Veil.Anonymization.Synthesis;

/// <summary>How values between pixels are told where a picture grows.</summary>
internal enum CropEnlarging
{
    /// <summary>Straight between two pixels.</summary>
    Linear,

    /// <summary>Catmull and Rom's curve through four pixels, 1974: sharper.</summary>
    Cubic,
}

/// <summary>
/// Which source pixels make each pixel of a line, with weights that add up to 1: the exact mean of what a pixel covers where the
/// line shrinks. What lies beyond the source is its last pixel again. Immutable.
/// </summary>
internal sealed class CropAxis
{
    private readonly List<(int Position, float Weight)>[] _taps;

    private readonly bool[] _beyond;

    private CropAxis(List<(int Position, float Weight)>[] taps, bool[] beyond) => (_taps, _beyond) = (taps, beyond);

    /// <summary>Pixels of the line.</summary>
    public int Length => _taps.Length;

    /// <summary>Positions and weights of a pixel.</summary>
    public IReadOnlyList<(int Position, float Weight)> this[int pixel] => _taps[pixel];

    /// <summary>Whether a pixel's centre lies beyond the source.</summary>
    public bool IsBeyond(int pixel) => _beyond[pixel];

    /// <summary>Works them out.</summary>
    /// <param name="start">Where the line starts in the source, in pixel-edge coordinates.</param>
    /// <param name="scale">Source pixels for each pixel of the line, above 0.</param>
    /// <param name="length">Pixels of the line.</param>
    /// <param name="source">Pixels of the source, at least 1.</param>
    /// <param name="enlarging">Used where <paramref name="scale"/> is below 1.</param>
    public static CropAxis Create(double start, double scale, int length, int source, CropEnlarging enlarging)
    {
        var (taps, beyond) = (new List<(int, float)>[length], new bool[length]);
        for (var i = 0; i < length; i++)
        {
            var from = start + (i * scale);
            beyond[i] = from + (scale / 2) < 0 || from + (scale / 2) > source;
            taps[i] = scale >= 1 ? Mean(from, from + scale, source) : Between(from + (scale / 2) - 0.5, source, enlarging);
        }

        return new CropAxis(taps, beyond);
    }

    private static List<(int Position, float Weight)> Mean(double from, double to, int source)
    {
        // What lies before and beyond the source weighs on its first and last pixel: no loop over what is not there.
        var taps = new List<(int Position, float Weight)>();
        var (first, last) = ((int)Math.Clamp(Math.Floor(from), 0, source - 1), (int)Math.Clamp(Math.Ceiling(to) - 1, 0, source - 1));
        for (var position = first; position <= last; position++)
        {
            var low = position == 0 ? from : Math.Max(from, position);
            var high = position == source - 1 ? to : Math.Min(to, position + 1);
            if (high > low)
            {
                taps.Add((position, (float)((high - low) / (to - from))));
            }
        }

        return taps;
    }

    private static List<(int Position, float Weight)> Between(double at, int source, CropEnlarging enlarging)
    {
        var floor = Math.Floor(at);
        var (t, position) = ((float)(at - floor), (int)floor);
        var taps = new List<(int Position, float Weight)>();
        if (enlarging == CropEnlarging.Linear)
        {
            Add(taps, position, 1 - t, source);
            Add(taps, position + 1, t, source);
            return taps;
        }

        var (t2, t3) = (t * t, t * t * t);
        Add(taps, position - 1, (-t3 + (2 * t2) - t) / 2, source);
        Add(taps, position, ((3 * t3) - (5 * t2) + 2) / 2, source);
        Add(taps, position + 1, ((-3 * t3) + (4 * t2) + t) / 2, source);
        Add(taps, position + 2, (t3 - t2) / 2, source);
        return taps;
    }

    private static void Add(List<(int Position, float Weight)> taps, int position, float weight, int source)
    {
        if (weight == 0)
        {
            return;
        }

        position = Math.Clamp(position, 0, source - 1);
        if (taps.Count > 0 && taps[^1].Position == position)
        {
            taps[^1] = (position, taps[^1].Weight + weight);
        }
        else
        {
            taps.Add((position, weight));
        }
    }
}
