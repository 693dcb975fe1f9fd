using Veil.Errors;

namespace Veil.Datasets.Writing;

/// <summary>What writers share: names that do not collide, files that are not overwritten, and counts of what is lost.</summary>
internal abstract class DatasetWriter : IDatasetWriter
{
    private readonly Dictionary<string, int> _losses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _sources = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _unfinished = [];

    protected DatasetWriter(string root, DatasetWriteOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(options);
        (Root, Options) = (Path.GetFullPath(root), options);
        if (File.Exists(Root) || (Directory.Exists(Root) && Directory.EnumerateFileSystemEntries(Root).Any()))
        {
            throw new VeilException(VeilErrorCode.OutputExists, $"'{root}' is there already and not empty.", "Name a new folder: nothing is overwritten or mixed with what is there.");
        }
    }

    public IReadOnlyDictionary<string, int> Losses => _losses;

    protected string Root { get; }

    protected DatasetWriteOptions Options { get; }

    public abstract string PathFor(DatasetPicture picture);

    public abstract void Add(DatasetPicture picture, PictureSize size, IReadOnlyList<DatasetObject> objects);

    public abstract void Complete();

    public virtual void Dispose()
    {
        foreach (var path in _unfinished)
        {
            File.Delete(path);
        }
    }

    /// <summary>Counts something that is lost.</summary>
    protected void Lose(string what, int count = 1)
    {
        if (count > 0)
        {
            _losses[what] = _losses.GetValueOrDefault(what) + count;
        }
    }

    /// <summary>A name for a picture in a folder that holds them all: its own, with the folders above it before it where that is taken.</summary>
    protected string UniqueName(string folder, DatasetPicture picture)
    {
        var parts = picture.Path.Split('/');
        for (var used = 1; used <= parts.Length; used++)
        {
            var name = string.Join('_', parts[^used..]);
            if (Claim(folder + "/" + StemOf(name), picture))
            {
                return name;
            }
        }

        throw new VeilException(VeilErrorCode.InvalidDataset, $"'{picture.Path}' has no name left in the new layout: others took them all.", "Rename one of the files with the same name.");
    }

    /// <summary>The split that a picture is put into.</summary>
    protected static string SplitOf(DatasetPicture picture) => picture.Split.Length > 0 ? picture.Split : "all";

    protected static string StemOf(string name) => Path.ChangeExtension(name, null);

    /// <summary>Writes a whole file; its folder is made.</summary>
    protected void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = Create(path);
        file.Write(content);
    }

    /// <summary>Begins a file; its folder is made.</summary>
    protected FileStream Create(string path)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
    }

    /// <summary>Begins a file that is removed unless it is <see cref="Keep">kept</see>.</summary>
    protected FileStream CreateUnfinished(string path)
    {
        var file = Create(path);
        _unfinished.Add(file.Name);
        return file;
    }

    protected void Keep(FileStream file) => _unfinished.Remove(file.Name);

    // Two pictures a.jpg and a.png would share one annotation, so the stem is what has to be unique.
    private bool Claim(string key, DatasetPicture picture)
    {
        if (_sources.TryAdd(key, picture.Path))
        {
            return true;
        }

        return _sources[key] == picture.Path;
    }
}
