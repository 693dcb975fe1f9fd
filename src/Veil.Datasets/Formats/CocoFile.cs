using Veil.Datasets.Reading;

namespace Veil.Datasets.Formats;

/// <summary>An annotation file.</summary>
internal sealed class CocoFile(int index, TreeFile source, string split)
{
    public int Index { get; } = index;

    public TreeFile Source { get; } = source;

    public string Split { get; } = split;

    public Dictionary<long, DatasetCategory> Categories { get; } = [];

    /// <summary>What it is about, by its categories.</summary>
    public CocoSubjects Tells => Categories.Values.Aggregate(CocoSubjects.None, (sum, category) => sum | category switch
    {
        { IsPeople: true } => CocoSubjects.People,
        { Subject: CategorySubject.Face or CategorySubject.Head } => CocoSubjects.Faces,
        { Subject: CategorySubject.Plate } => CocoSubjects.Plates,
        _ => CocoSubjects.None,
    });

    public Dictionary<long, int> Images { get; } = [];

    public HashSet<long> Ids { get; } = [];

    /// <summary>Whether it has a list of annotations, be it empty.</summary>
    public bool HasAnnotations { get; set; }

    /// <summary>Whether any of them is an object, no caption or segment.</summary>
    public bool HasObjects { get; set; }
}
