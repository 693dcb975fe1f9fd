using System.Globalization;
using Veil.Identity;

namespace Veil.Engine.People;

/// <summary>Groups faces by person, as far as can be told.</summary>
internal static class PeopleGrouping
{
    /// <summary>One group for each person, the largest first, and last those that say too little.</summary>
    /// <param name="faces">In any order: what comes out does not depend on it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static IReadOnlyList<PersonGroup> Group(IEnumerable<FoundFace> faces, CancellationToken cancellationToken)
    {
        var ordered = faces.OrderBy(face => face.Item.Name, StringComparer.Ordinal).ThenBy(face => face.Frame).ThenBy(face => face.Index).ToList();
        var known = ordered.Where(face => face.Embedding is not null).ToList();
        var people = FaceGrouping.Group([.. known.Select(face => face.Embedding!)], cancellationToken: cancellationToken);
        var digits = Math.Max(3, people.Count.ToString(CultureInfo.InvariantCulture).Length);
        var groups = people.Select((group, index) => new PersonGroup(
            "person-" + (index + 1).ToString("D" + digits, CultureInfo.InvariantCulture), [.. group.Select(face => known[face])])).ToList();
        if (known.Count < ordered.Count)
        {
            groups.Add(new PersonGroup(ReferenceFolder.UndecidedGroup, [.. ordered.Where(face => face.Embedding is null)]));
        }

        return groups;
    }
}
