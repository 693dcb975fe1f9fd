using Veil.Errors;

namespace Veil.Datasets.Reading;

/// <summary>What readers share: the walk through the files, and who is who among them.</summary>
internal abstract class DatasetReader : IDatasetReader
{
    protected DatasetReader(string format, string root, DatasetReadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(options);
        (Format, Root, Options, Report) = (format, Path.GetFullPath(root), options, new ProblemReporter(options.Problems));
        if (!Directory.Exists(Root))
        {
            throw new VeilException(VeilErrorCode.InvalidDataset, $"There is no folder '{root}'.", "Name the dataset's own folder.");
        }

        (Tree, Subjects) = (new DatasetTree(Root, Report), new CategorySubjects(options));
    }

    public string Format { get; }

    public string Root { get; }

    public abstract IReadOnlyList<DatasetCategory> Categories { get; }

    public abstract IReadOnlyList<string> Splits { get; }

    protected DatasetReadOptions Options { get; }

    protected ProblemReporter Report { get; }

    protected DatasetTree Tree { get; }

    protected CategorySubjects Subjects { get; }

    public IEnumerable<DatasetPicture> Pictures()
    {
        foreach (var file in Tree.Files())
        {
            if (IsPicture(file))
            {
                yield return Describe(file);
            }
        }

        foreach (var missing in Missing().OrderBy(picture => picture.Path, StringComparer.Ordinal))
        {
            yield return missing;
        }
    }

    public DatasetPicture? Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new TreeFile(path, Tree.FullPath(path));
        return SafeName.Normalise(path) == path && IsPicture(file) && File.Exists(file.FullPath) ? Describe(file) : null;
    }

    public IEnumerable<DatasetFile> Files()
    {
        foreach (var file in Tree.Files())
        {
            if (!IsPicture(file))
            {
                yield return new DatasetFile(file.Path, file.FullPath, RoleOf(file) ?? (PictureFiles.IsText(file.Path) ? DatasetFileRole.Text : DatasetFileRole.Unrecognised), SplitOf(file));
            }
        }
    }

    public virtual void Dispose()
    {
    }

    /// <summary>A picture that is there.</summary>
    protected abstract DatasetPicture Describe(TreeFile file);

    /// <summary>Pictures that annotations name and that are not there.</summary>
    protected abstract IEnumerable<DatasetPicture> Missing();

    /// <summary>What a file is for that may look like a picture; null for a picture, or for a file whose name says it.</summary>
    protected abstract DatasetFileRole? RoleOf(TreeFile file);

    /// <summary>The split that a file belongs to; empty for none.</summary>
    protected abstract string SplitOf(TreeFile file);

    private bool IsPicture(TreeFile file) => PictureFiles.IsPicture(file.Path) && RoleOf(file) is null;
}
