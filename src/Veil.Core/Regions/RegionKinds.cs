namespace Veil.Regions;

/// <summary>The kinds of regions as a user names them: in the plural, and in the order in which they are drawn.</summary>
public static class RegionKinds
{
    private static readonly (RegionKind Kind, string Name)[] Named =
    [
        (RegionKind.Image, "image"),
        (RegionKind.Body, "bodies"),
        (RegionKind.Head, "heads"),
        (RegionKind.Face, "faces"),
        (RegionKind.Plate, "plates"),
        (RegionKind.Text, "text"),
    ];

    /// <summary>
    /// All kinds, in the order in which they are drawn where regions overlap: the whole picture first, then from large to
    /// small, so that what is made of a face lies over what is made of its body.
    /// </summary>
    public static IReadOnlyList<RegionKind> All { get; } = [.. Named.Select(pair => pair.Kind)];

    /// <summary>All names, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Named.Select(pair => pair.Name)];

    /// <summary>The name of a kind: <c>faces</c>, <c>heads</c>, <c>bodies</c>, <c>plates</c>, <c>text</c>, <c>image</c>.</summary>
    public static string NameOf(RegionKind kind) => Named.First(pair => pair.Kind == kind).Name;

    /// <summary>The kind of that name, in any case; null when there is none.</summary>
    public static RegionKind? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var (kind, known) in Named)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The same kinds in the order in which they are drawn, each once.</summary>
    public static IReadOnlyList<RegionKind> InOrder(IEnumerable<RegionKind> kinds)
    {
        var wanted = kinds.ToHashSet();
        return [.. All.Where(wanted.Contains)];
    }
}
