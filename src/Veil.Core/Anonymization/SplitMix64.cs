namespace Veil.Anonymization;

/// <summary>
/// A small deterministic generator (Steele, Lea and Flood, 2014): the same seed gives the same numbers on every machine
/// and in every version, which the generators of the base library do not promise. Not for secrets. A mutable value:
/// copies go on by themselves.
/// </summary>
/// <param name="seed">Any value.</param>
public struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 evenly distributed bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>An integer from 0 to <paramref name="count"/> − 1.</summary>
    /// <param name="count">At least 1.</param>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)(((Next() >> 32) * (ulong)count) >> 32);
    }

    /// <summary>A number from 0 to just below 1, with 24 bits.</summary>
    public float NextFloat() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>A seed made of two; the order matters.</summary>
    public static ulong Combine(ulong first, ulong second) => Mix(first + 0x9E3779B97F4A7C15 + (Mix(second) << 1));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
