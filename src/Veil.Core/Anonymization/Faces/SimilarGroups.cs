namespace Veil.Anonymization.Faces;

/// <summary>
/// Divides a gallery into groups of at least k faces of about the same look, once for all: each face is in one group, so
/// that whoever is given a group's average is linked to all its members alike (k-Same: Newton, Sweeney and Malin,
/// Preserving Privacy by De-identifying Face Images, 2005).
/// </summary>
internal static class SimilarGroups
{
    /// <summary>The groups, as indices.</summary>
    /// <param name="looks">One for each face; finite.</param>
    /// <param name="k">Least size of a group, 1 or more; at most as many as there are faces.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Divide(IReadOnlyList<FaceLook> looks, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, looks.Count);
        var groups = new List<IReadOnlyList<int>>();
        var pending = new Stack<int[]>([[.. Enumerable.Range(0, looks.Count)]]);
        while (pending.TryPop(out var group))
        {
            if (group.Length < 2 * k)
            {
                groups.Add(group);
                continue;
            }

            // Halves by the property in which the group differs most, as a k-d tree does.
            var axis = Enumerable.Range(0, 3).MaxBy(i => group.Max(face => looks[face].Steps[i]) - group.Min(face => looks[face].Steps[i]));
            int[] sorted = [.. group.OrderBy(face => looks[face].Steps[axis]).ThenBy(face => face)];
            pending.Push(sorted[(sorted.Length / 2)..]);
            pending.Push(sorted[..(sorted.Length / 2)]);
        }

        return groups;
    }
}
