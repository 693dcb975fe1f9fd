namespace Veil.Datasets;

/// <summary>What a category shows, as far as anonymizing is concerned.</summary>
public enum CategorySubject
{
    /// <summary>Neither people nor plates.</summary>
    Other,

    /// <summary>A person, on foot or riding.</summary>
    Person,

    /// <summary>Several people in one annotation.</summary>
    People,

    /// <summary>The registration plate of a vehicle.</summary>
    Plate,

    /// <summary>The face of a person.</summary>
    Face,

    /// <summary>The head of a person.</summary>
    Head,
}

/// <summary>A category of a dataset.</summary>
/// <param name="Name">As the dataset spells it.</param>
/// <param name="Number">Its number in the format, where categories have numbers; otherwise its place in the list, from 0.</param>
/// <param name="Subject">What it shows.</param>
public sealed record DatasetCategory(string Name, long Number, CategorySubject Subject)
{
    /// <summary>The group it belongs to, where the format has groups; otherwise empty.</summary>
    public string Group { get; init; } = "";

    /// <summary>Names of the keypoints that its objects have; empty where they have none.</summary>
    public IReadOnlyList<string> Keypoints { get; init; } = [];

    /// <summary>Whether it shows people, one or many.</summary>
    public bool IsPeople => Subject is CategorySubject.Person or CategorySubject.People;
}
