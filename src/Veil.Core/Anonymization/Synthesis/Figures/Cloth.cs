namespace Veil.Anonymization.Synthesis.Figures;

/// <summary>Smooth noise on a lattice (value noise; Perlin, An Image Synthesizer, 1985), for folds, grain and hair. Thread-safe, the same everywhere.</summary>
/// <param name="seed">Another seed is other noise.</param>
internal readonly struct Cloth(ulong seed)
{
    /// <summary>−1..1, changing over a length of about 1.</summary>
    public float At(float x, float y)
    {
        var (left, top) = (MathF.Floor(x), MathF.Floor(y));
        var (u, v) = (x - left, y - top);
        (u, v) = (u * u * (3 - (2 * u)), v * v * (3 - (2 * v)));
        var (i, j) = ((long)left, (long)top);
        return float.Lerp(float.Lerp(Lattice(i, j), Lattice(i + 1, j), u), float.Lerp(Lattice(i, j + 1), Lattice(i + 1, j + 1), u), v);
    }

    /// <summary>How much brighter or darker cloth is where it folds, −1..1.</summary>
    /// <param name="along">Along the limb, heads.</param>
    /// <param name="across">Across it, heads.</param>
    public float Fold(float along, float across)
    {
        // Folds run slanting around a limb and are sharper in their valleys.
        var bend = At(along * 0.9f, across * 0.9f);
        var valley = MathF.Abs(At((along * 2.3f) + (across * 1.1f) + bend, (across * 1.3f) - (bend * 0.7f) + 31));
        return (0.55f * At((along * 1.2f) + 7, (across * 1.1f) + bend)) + (0.9f * (MathF.Min(1, 2.6f * valley) - 0.75f));
    }

    /// <summary>Of one pixel, −1..1.</summary>
    public float Grain(int x, int y) => (Lattice(x, y) + Lattice(x + 7919, y)) / 2;

    private float Lattice(long x, long y) => (new SplitMix64(SplitMix64.Combine(SplitMix64.Combine(seed, (ulong)x), (ulong)y)).NextFloat() * 2) - 1;
}
