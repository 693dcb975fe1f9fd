using Veil.Regions;

namespace Veil.Anonymization.Faces;

/// <summary>Tells which regions of a picture show the same face: found twice, as face and as head, or known to be one person.</summary>
internal static class PeopleInScene
{
    private const float SameOverlap = 0.4f;

    // A centre inside the middle part of another box is the same face; boxes of neighbours overlap at their borders only.
    private const float Middle = 0.5f;

    /// <summary>The regions by person, each person's in their order, people in the order of their first region.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Group(IReadOnlyList<Region> regions)
    {
        // Same-as is handed on: whoever is the same as the same is the same.
        int[] person = [.. Enumerable.Range(0, regions.Count)];
        for (var i = 0; i < regions.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (person[i] != person[j] && AreSame(regions[i], regions[j]))
                {
                    var (keep, give) = (Math.Min(person[i], person[j]), Math.Max(person[i], person[j]));
                    person = [.. person.Select(one => one == give ? keep : one)];
                }
            }
        }

        return [.. Enumerable.Range(0, regions.Count).GroupBy(i => person[i], (_, members) => (IReadOnlyList<int>)[.. members])];
    }

    private static bool AreSame(Region a, Region b) =>
        (a.Person is { } person && person == b.Person)
        || (a.Track is { } track && track == b.Track)
        || a.Box.IoU(b.Box) >= SameOverlap
        || IsInMiddle(a.Box, b.Box)
        || IsInMiddle(b.Box, a.Box);

    private static bool IsInMiddle(Box box, Box other) =>
        Math.Abs(other.CenterX - box.CenterX) < Middle * box.Width / 2 && Math.Abs(other.CenterY - box.CenterY) < Middle * box.Height / 2;
}
