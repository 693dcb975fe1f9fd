namespace Veil.Studio.Projects;

/// <summary>Which items a run is about, and which of them are still to be done. Immutable.</summary>
/// <param name="Items">All of them, in order.</param>
/// <param name="Left">Those that are left.</param>
/// <param name="Lengths">Frames of films that nobody has opened yet, by item, as far as they are known.</param>
internal sealed record RunScope(IReadOnlyList<ProjectItem> Items, IReadOnlyList<ProjectItem> Left, IReadOnlyDictionary<string, double> Lengths)
{
    private static readonly Dictionary<string, double> NoLengths = [];

    /// <summary>Of a project as it is, and what it was told to do.</summary>
    public static RunScope Of(Project project, RunRecord record, IProjects projects)
    {
        var lengths = record.Lengths ?? NoLengths;
        if (record is not { Work: RunWork.Exporting, Target: { } target })
        {
            return new(project.Items, [.. project.Items.Where(item => item.State is ItemState.Waiting or ItemState.Working)], lengths);
        }

        var own = record.Items?.ToHashSet(StringComparer.Ordinal);
        var (names, folder) = (ExportFolder.Names(project), target.PlaceFor(project.Id, projects));
        IReadOnlyList<ProjectItem> items = [.. project.Items.Where(item => own?.Contains(item.Id) ?? item.State is not (ItemState.Failed or ItemState.Waiting))];
        return new(items, [.. items.Where(IsLeft)], lengths);

        bool IsLeft(ProjectItem item) => item.State is ItemState.Ready or ItemState.Working || (item.State == ItemState.Exported && !File.Exists(ExportFolder.PlaceOf(folder, names[item.Id])));
    }

    /// <summary>How much an item counts for: a picture as one, a film by its frames.</summary>
    public double UnitsOf(ProjectItem item) => item.Kind == ItemKind.Picture ? 1
        : item.Frames > 0 ? item.Frames
        : Lengths.GetValueOrDefault(item.Id, FilmLength.WhereUnknown);

    /// <summary>The same with the lengths of films that nobody has opened yet, read from their headers.</summary>
    public RunScope Measured(CancellationToken cancellationToken)
    {
        var unknown = Items.Where(item => item is { Kind: ItemKind.Film, Frames: 0 } && !Lengths.ContainsKey(item.Id)).ToList();
        return unknown.Count == 0 ? this : this with
        {
            Lengths = Lengths.Concat(unknown.Select(item => KeyValuePair.Create(item.Id, FilmLength.FramesOf(item.Path, cancellationToken)))).ToDictionary(StringComparer.Ordinal),
        };
    }
}
