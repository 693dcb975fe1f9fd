using System.Numerics;

namespace Veil.Anonymization.Synthesis.Film;

/// <summary>
/// The face of one track of a film: chosen in its first frame and kept, and the numbers that it is drawn with, held steady. However the
/// head turns afterwards, the same face is turned and scaled along. Not thread-safe.
/// </summary>
/// <param name="track">The track's number.</param>
internal sealed class TrackedFace(int track)
{
    // From this share of frames on, a place counts as one without colours.
    private const float Half = 0.5f;

    private readonly SteadyValues _light = new(SteadyValues.Light);
    private readonly SteadyValues _grain = new(SteadyValues.Light);
    private readonly SteadyValues _blur = new(SteadyValues.Light);
    private uint _frame;

    /// <summary>The face; null before the first frame.</summary>
    public ChosenFace? Chosen { get; set; }

    /// <summary>Where it lies.</summary>
    public SteadyShape Shape { get; } = new();

    /// <summary>Holds colours and light steady.</summary>
    /// <param name="colour">Brightness, red and blue difference.</param>
    /// <param name="slope">The light's slope.</param>
    /// <param name="isGrey">Whether there are no colours.</param>
    public void Steady(ref Vector3 colour, ref Vector2 slope, ref bool isGrey)
    {
        Span<float> values = [colour.X, colour.Y, colour.Z, slope.X, slope.Y, isGrey ? 1 : 0];
        _light.Next(values);
        (colour, slope, isGrey) = (new Vector3(values), new Vector2(values[3], values[4]), values[5] > Half);
    }

    /// <summary>How blurred it is drawn.</summary>
    public float Blur(float deviation) => Steady(_blur, deviation);

    /// <summary>How grainy it is drawn.</summary>
    public float Grain(float deviation) => Steady(_grain, deviation);

    /// <summary>Chance for this frame's grain, which is another in each frame, as a camera's is.</summary>
    /// <param name="random">The region's.</param>
    public SplitMix64 GrainOf(SplitMix64 random) => new(SplitMix64.Combine(random.Next(), SplitMix64.Combine((ulong)track, _frame++)));

    private static float Steady(SteadyValues values, float value)
    {
        Span<float> one = [value];
        values.Next(one);
        return one[0];
    }
}
