using Veil.Errors;
using Veil.Regions;

namespace Veil.Datasets.Finding;

/// <summary>Which kinds of regions annotations can give.</summary>
public static class AnnotatedKinds
{
    /// <summary>The kinds that categories stand for: bodies, heads and faces where there are people; faces, heads and plates where they have categories of their own.</summary>
    /// <param name="categories">A dataset's categories.</param>
    public static IReadOnlyList<RegionKind> Of(IReadOnlyList<DatasetCategory> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        var subjects = categories.Select(category => category.Subject).ToHashSet();
        var people = subjects.Contains(CategorySubject.Person) || subjects.Contains(CategorySubject.People);
        var kinds = new List<RegionKind>();
        if (people || subjects.Contains(CategorySubject.Face) || subjects.Contains(CategorySubject.Head))
        {
            kinds.AddRange([RegionKind.Face, RegionKind.Head]);
        }

        if (people)
        {
            kinds.Add(RegionKind.Body);
        }

        if (subjects.Contains(CategorySubject.Plate))
        {
            kinds.Add(RegionKind.Plate);
        }

        return kinds;
    }

    /// <summary>Refuses kinds that a dataset does not annotate: that none is marked does not mean that there is none.</summary>
    /// <param name="categories">The dataset's categories.</param>
    /// <param name="kinds">What is asked for.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: one of them is not annotated.</exception>
    public static void Require(IReadOnlyList<DatasetCategory> categories, IEnumerable<RegionKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        var known = Of(categories);
        foreach (var kind in kinds.Where(kind => kind != RegionKind.Image && !known.Contains(kind)))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption,
                $"No category of this dataset shows {RegionJson.NameOf(kind)} regions (categories: {Listed(categories)}).",
                "Find them by detection, or name the category: --people CATEGORY for people, --plates CATEGORY for plates.");
        }
    }

    private static string Listed(IReadOnlyList<DatasetCategory> categories)
    {
        const int most = 12;
        return string.Join(", ", categories.Take(most).Select(category => category.Name)) + (categories.Count > most ? ", …" : "");
    }
}
