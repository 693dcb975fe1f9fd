using Veil.Errors;

namespace Veil.Datasets;

/// <summary>Whether a dataset says anything about a picture.</summary>
public enum AnnotationState
{
    /// <summary>Everything of the dataset's categories that it shows is annotated, be it nothing.</summary>
    Present,

    /// <summary>Something is annotated, but people may be missing: coarse labels, or labels for another task.</summary>
    Partial,

    /// <summary>Nothing is said about it: whether it shows anybody is not known.</summary>
    Absent,
}

/// <summary>One picture of a dataset. Immutable, thread-safe.</summary>
public sealed class DatasetPicture
{
    private readonly Func<IReadOnlyList<DatasetObject>> _objects;

    /// <summary>Describes a picture.</summary>
    /// <param name="path">Below the root, with forward slashes, without <c>.</c> and <c>..</c> parts.</param>
    /// <param name="fullPath">Where it lies.</param>
    /// <param name="split">As the dataset spells it; empty when it belongs to none.</param>
    /// <param name="place">Where the dataset names it: its annotation, or the picture file itself.</param>
    /// <param name="objects">Reads its objects; null when it has no annotations. Thread-safe.</param>
    public DatasetPicture(string path, string fullPath, string split, DatasetPlace place, Func<IReadOnlyList<DatasetObject>>? objects)
        : this(path, fullPath, split, place, objects is null ? AnnotationState.Absent : AnnotationState.Present, objects)
    {
    }

    /// <summary>Describes a picture whose annotations need not be complete.</summary>
    /// <param name="path">Below the root, with forward slashes, without <c>.</c> and <c>..</c> parts.</param>
    /// <param name="fullPath">Where it lies.</param>
    /// <param name="split">As the dataset spells it; empty when it belongs to none.</param>
    /// <param name="place">Where the dataset names it: its annotation, or the picture file itself.</param>
    /// <param name="annotations">What is known about it.</param>
    /// <param name="objects">Reads its objects; null when it has no annotations. Thread-safe.</param>
    public DatasetPicture(string path, string fullPath, string split, DatasetPlace place, AnnotationState annotations, Func<IReadOnlyList<DatasetObject>>? objects)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(fullPath);
        ArgumentNullException.ThrowIfNull(split);
        (Path, FullPath, Split, Place) = (path, fullPath, split, place);
        Annotations = annotations;
        _objects = objects ?? (static () => []);
    }

    /// <summary>Path below the root, with forward slashes: its name in a run. Unique in a dataset.</summary>
    public string Path { get; }

    /// <summary>Where it lies.</summary>
    public string FullPath { get; }

    /// <summary>The split as the dataset spells it; empty when it belongs to none.</summary>
    public string Split { get; }

    /// <summary>Further splits that it is in, where several lists name it; usually none.</summary>
    public IReadOnlyList<string> OtherSplits { get; init; } = [];

    /// <summary>Whether it is in a split that is wanted; one of its splits is enough.</summary>
    /// <param name="isWanted">Says which are.</param>
    public bool IsIn(Func<string, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        return isWanted(Split) || OtherSplits.Any(isWanted);
    }

    /// <summary>Where the dataset names it.</summary>
    public DatasetPlace Place { get; }

    /// <summary>The class of the whole picture, for classification; null where there is none.</summary>
    public DatasetCategory? Category { get; init; }

    /// <summary>
    /// Size of the upright picture that its annotations are for; null where the format does not say. May read its annotation file.
    /// </summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidDataset"/>: its annotations are malformed.</exception>
    public PictureSize? AnnotatedSize => SizeReader?.Invoke();

    /// <summary>Reads the size; null where the format does not say.</summary>
    internal Func<PictureSize?>? SizeReader { get; init; }

    /// <summary>Whether the dataset says what it shows.</summary>
    public AnnotationState Annotations { get; }

    /// <summary>Whether the file is there; asks the file system.</summary>
    public bool Exists => File.Exists(FullPath);

    /// <summary>Reads what is annotated, from the annotation file. Not cached.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidDataset"/>: its annotations are malformed.</exception>
    public IReadOnlyList<DatasetObject> ReadObjects() => _objects();
}
