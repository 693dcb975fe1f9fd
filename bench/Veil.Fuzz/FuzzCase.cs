namespace Veil.Fuzz;

/// <summary>One input for one entry point, given by its number alone: same number and same seeds, same bytes.</summary>
/// <param name="Target">Where it goes.</param>
/// <param name="Bytes">What goes there.</param>
internal sealed record FuzzCase(FuzzTarget Target, byte[] Bytes)
{
    public static FuzzCase Create(IReadOnlyList<FuzzTarget> targets, long number)
    {
        var random = new Random(HashCode(number));
        var pick = random.Next(targets.Sum(target => target.Weight));
        var chosen = targets.First(target => (pick -= target.Weight) < 0);
        var seed = chosen.Seeds[random.Next(chosen.Seeds.Count)];
        return new FuzzCase(chosen, Mutator.Mutate(seed, chosen.Seeds[random.Next(chosen.Seeds.Count)], random));
    }

    // Neighbouring numbers must not give neighbouring streams; the mixing function of SplitMix64.
    private static int HashCode(long number)
    {
        var mixed = (ulong)number * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        return (int)((mixed ^ (mixed >> 27)) >> 32);
    }
}
