namespace Veil.Identity;

/// <summary>How many faces of a frame got which verdict.</summary>
/// <param name="Listed">Surely listed people.</param>
/// <param name="Strangers">Surely none of them.</param>
/// <param name="Undecided">Neither; hidden.</param>
/// <param name="Clear">Faces left clear. Fewer than the rule allows where one overlaps a hidden one.</param>
public readonly record struct PersonCounts(int Listed, int Strangers, int Undecided, int Clear)
{
    /// <summary>Sums.</summary>
    public static PersonCounts operator +(PersonCounts a, PersonCounts b) =>
        new(a.Listed + b.Listed, a.Strangers + b.Strangers, a.Undecided + b.Undecided, a.Clear + b.Clear);

    /// <summary>Sums.</summary>
    public static PersonCounts Add(PersonCounts left, PersonCounts right) => left + right;
}
