namespace Veil.OpenSet;

/// <summary>How well groups agree with people, by pairs of faces.</summary>
/// <param name="Precision">Pairs of a group that are one person.</param>
/// <param name="Recall">Pairs of one person that are in one group.</param>
/// <param name="Pure">Groups of two faces or more that hold one person only, among all of these.</param>
internal sealed record GroupingQuality(double Precision, double Recall, double Pure)
{
    public static GroupingQuality Of(IReadOnlyList<IReadOnlyList<int>> groups, IReadOnlyList<int> people)
    {
        var together = groups.Sum(group => Pairs(group.Count));
        var right = groups.Sum(group => group.GroupBy(face => people[face]).Sum(same => Pairs(same.Count())));
        var wanted = people.GroupBy(person => person).Sum(same => Pairs(same.Count()));
        var larger = groups.Where(group => group.Count > 1).ToList();
        return new GroupingQuality(
            right / (double)together, right / (double)wanted, larger.Count(group => group.Select(face => people[face]).Distinct().Count() == 1) / (double)larger.Count);
    }

    private static long Pairs(int count) => (long)count * (count - 1) / 2;
}
