using System.Collections.Frozen;
using System.Text;

namespace Veil.Datasets;

/// <summary>
/// Which categories show people, faces or plates: one table for all formats, over the names that their vocabularies and
/// common datasets use. Names are compared without regard to case, and to whether words are parted by spaces, hyphens or
/// underscores. docs/datasets.md prints the table. Thread-safe.
/// </summary>
public sealed class CategorySubjects
{
    private readonly FrozenDictionary<string, CategorySubject> _asked;

    /// <summary>The table, with the categories that the user adds.</summary>
    /// <param name="options">How a dataset is read.</param>
    public CategorySubjects(DatasetReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var asked = new Dictionary<string, CategorySubject>();
        foreach (var name in options.Plates)
        {
            asked[Plain(name)] = CategorySubject.Plate;
        }

        foreach (var name in options.People)
        {
            asked[Plain(name)] = CategorySubject.Person;
        }

        _asked = asked.ToFrozenDictionary();
    }

    /// <summary>The built-in table: plain names and what they show.</summary>
    public static IReadOnlyDictionary<string, CategorySubject> Table { get; } = Build();

    /// <summary>Names of groups (COCO's <c>supercategory</c>, BDD's parents) whose categories all show people.</summary>
    public static IReadOnlySet<string> PeopleGroups { get; } = new HashSet<string> { "person", "human", "people" };

    /// <summary>What a category shows.</summary>
    /// <param name="name">As the dataset spells it.</param>
    /// <param name="group">The group it belongs to; empty for none.</param>
    public CategorySubject Of(string name, string group = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(group);
        var plain = Plain(name);
        return _asked.TryGetValue(plain, out var subject) || Table.TryGetValue(plain, out subject) ? subject
            : PeopleGroups.Contains(Plain(group)) ? CategorySubject.Person
            : CategorySubject.Other;
    }

    /// <summary>A name in lower case, with single spaces.</summary>
    internal static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (letter is ' ' or '-' or '_')
            {
                if (plain.Length > 0 && plain[^1] != ' ')
                {
                    plain.Append(' ');
                }
            }
            else
            {
                plain.Append(char.ToLowerInvariant(letter));
            }
        }

        return plain.ToString().TrimEnd();
    }

    private static FrozenDictionary<string, CategorySubject> Build()
    {
        (CategorySubject Subject, string[] Names)[] rows =
        [
            (CategorySubject.Person,
            [
                "person", "pedestrian", "rider", "other person", "human", "man", "woman", "boy", "girl", "child", "kid", "baby", "adult",
                "cyclist", "bicyclist", "motorcyclist", "driver", "passenger", "person sitting", "sitting person", "person other",
                "ignored person", "fake person", "body", "human body", "player", "worker", "people single", "walker", "skier", "officer", "police",
            ]),
            (CategorySubject.People, ["persongroup", "person group", "ridergroup", "rider group", "people", "crowd", "persons", "pedestrians", "riders", "group of people", "people crowd", "crowd of people"]),
            (CategorySubject.Face, ["face", "human face", "faces"]),
            (CategorySubject.Head, ["head", "human head", "heads"]),
            (CategorySubject.Plate,
            [
                "license plate", "licence plate", "licenseplate", "licenceplate", "number plate", "numberplate", "registration plate",
                "vehicle registration plate", "car plate", "car license plate", "car number plate", "license plates", "licence plates",
            ]),
        ];
        return rows.SelectMany(row => row.Names.Select(name => (name, row.Subject))).ToFrozenDictionary(entry => entry.name, entry => entry.Subject);
    }
}
