using Veil.Datasets.Reading;
using Veil.Errors;

namespace Veil.Datasets.Formats;

/// <summary>Reads YOLO datasets.</summary>
internal sealed class YoloReader : DatasetReader
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".JPG", ".JPEG", ".PNG", ".bmp", ".webp", ".tif", ".tiff"];
    private readonly YoloNames _names;
    private readonly Dictionary<long, DatasetCategory> _categories;
    private readonly List<(string Prefix, string Split)> _folders;
    private readonly Dictionary<string, string> _listed = new(StringComparer.Ordinal);

    public YoloReader(string root, DatasetReadOptions options)
        : base(YoloFormat.Id, root, options)
    {
        var names = YoloNames.Read(Root, Report);
        if (names is null)
        {
            Report.Error(DatasetProblemKind.MissingFile, new DatasetPlace("data.yaml"), "Expected data.yaml with \"names\", or classes.txt, but there is neither: nobody can tell which class is a person.");
        }

        _names = names ?? new YoloNames("data.yaml", System.Collections.Immutable.ImmutableSortedDictionary<long, string>.Empty, new Dictionary<string, IReadOnlyList<string>>(), 0, 3);
        IReadOnlyList<string> points = _names.Keypoints == KeypointSkeleton.Names.Count ? KeypointSkeleton.Names : [.. Enumerable.Range(1, _names.Keypoints).Select(number => $"point {number}")];
        _categories = _names.Names.ToDictionary(entry => entry.Key, entry => new DatasetCategory(entry.Value, entry.Key, Subjects.Of(entry.Value)) { Keypoints = points });
        _folders = [.. FindFolders()];
        Splits = [.. _folders.Select(folder => folder.Split).Concat(_listed.Values).Distinct().Order(StringComparer.Ordinal)];
    }

    public override IReadOnlyList<DatasetCategory> Categories => [.. _names.Names.Select(entry => _categories[entry.Key])];

    public override IReadOnlyList<string> Splits { get; }

    protected override DatasetPicture Describe(TreeFile file)
    {
        var label = YoloFormat.LabelOf(file.Path);
        return label is not null && File.Exists(Tree.FullPath(label))
            ? Describe(file.Path, file.FullPath, label)
            : new DatasetPicture(file.Path, file.FullPath, SplitOf(file), new DatasetPlace(file.Path), null);
    }

    protected override IEnumerable<DatasetPicture> Missing()
    {
        foreach (var file in Tree.Files())
        {
            if (IsLabel(file.Path) && PictureOf(file.Path) is { } picture && !Extensions.Any(extension => File.Exists(Tree.FullPath(picture + extension))))
            {
                yield return Describe(picture + ".jpg", Tree.FullPath(picture + ".jpg"), file.Path);
            }
        }

        foreach (var (path, split) in _listed.Where(entry => !File.Exists(Tree.FullPath(entry.Key)) && !File.Exists(Tree.FullPath(YoloFormat.LabelOf(entry.Key) ?? entry.Key))))
        {
            yield return new DatasetPicture(path, Tree.FullPath(path), split, new DatasetPlace(_names.File), null);
        }
    }

    protected override DatasetFileRole? RoleOf(TreeFile file) =>
        file.Path == _names.File ? DatasetFileRole.Listing
        : IsLabel(file.Path) ? DatasetFileRole.Annotations
        : _names.Folders.Values.Any(lists => lists.Any(list => list.EndsWith(".txt", StringComparison.Ordinal) && Below(list) == file.Path)) ? DatasetFileRole.Listing
        : null;

    protected override string SplitOf(TreeFile file) => SplitOf(IsLabel(file.Path) && PictureOf(file.Path) is { } picture ? picture : file.Path, file.Path);

    private static bool IsLabel(string path) =>
        path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) && PictureOf(path) is not null && !path.EndsWith("/classes.txt", StringComparison.Ordinal);

    /// <summary>The path of a label's picture without its extension.</summary>
    private static string? PictureOf(string label)
    {
        var parts = label.Split('/');
        var at = parts.Length < 2 ? -1 : Array.FindLastIndex(parts, parts.Length - 2, part => part.Equals("labels", StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            return null;
        }

        parts[at] = "images";
        return Path.ChangeExtension(string.Join('/', parts), null);
    }

    private string SplitOf(string picture, string path)
    {
        if (_listed.GetValueOrDefault(picture) is { } listed)
        {
            return listed;
        }

        foreach (var (prefix, split) in _folders)
        {
            if (picture.StartsWith(prefix, StringComparison.Ordinal))
            {
                return split;
            }
        }

        return path.Split('/')[..^1].FirstOrDefault(ImageFolders.IsSplit) ?? "";
    }

    /// <summary>The folders of the splits below the root: as data.yaml says, where that leads below it; else by their names.</summary>
    private IEnumerable<(string Prefix, string Split)> FindFolders()
    {
        foreach (var (split, paths) in _names.Folders)
        {
            foreach (var path in paths)
            {
                if (Below(path) is not { } below)
                {
                    // Where the file was written, the dataset lay elsewhere: the folder's own names tell the split.
                    Report.Note(DatasetProblemKind.UnsafeName, new DatasetPlace(_names.File), $"\"{split}: {path}\" is not below the dataset; splits are told by folder names.");
                }
                else if (Directory.Exists(Tree.FullPath(below)))
                {
                    yield return (below + "/", split);
                }
                else if (below.EndsWith(".txt", StringComparison.Ordinal) && File.Exists(Tree.FullPath(below)))
                {
                    ReadList(below, split);
                }
                else
                {
                    Report.Note(DatasetProblemKind.MissingFile, new DatasetPlace(_names.File), $"\"{split}: {path}\" is neither a folder nor a list of pictures here.");
                }
            }
        }

        foreach (var top in (string[])["images", "."])
        {
            var folder = Path.Combine(Root, top);
            if (Directory.Exists(folder))
            {
                foreach (var name in new DirectoryInfo(folder).EnumerateDirectories().Select(entry => entry.Name).Where(ImageFolders.IsSplit).Order(StringComparer.Ordinal))
                {
                    yield return (top == "." ? name + "/" : $"{top}/{name}/", name);
                }
            }
        }
    }

    /// <summary>A path of data.yaml below the root, without <c>./</c> and the <c>../</c> that some exports begin with; null where it leads elsewhere.</summary>
    private string? Below(string path)
    {
        var plain = path.Replace('\\', '/').TrimEnd('/');
        while (plain.StartsWith("./", StringComparison.Ordinal) || plain.StartsWith("../", StringComparison.Ordinal))
        {
            plain = plain[(plain.IndexOf('/', StringComparison.Ordinal) + 1)..];
        }

        if (Path.IsPathRooted(plain))
        {
            var relative = Path.GetRelativePath(Root, plain).Replace('\\', '/');
            plain = relative;
        }

        return SafeName.Normalise(plain);
    }

    private void ReadList(string list, string split)
    {
        var line = 0;
        foreach (var text in File.ReadLines(Tree.FullPath(list)))
        {
            line++;
            if (text.Trim() is not { Length: > 0 } path)
            {
                continue;
            }

            if (Below(path) is { } below)
            {
                if (!_listed.TryAdd(below, split))
                {
                    Report.Error(DatasetProblemKind.Duplicate, new DatasetPlace(list, line), $"\"{below}\" is already in '{_listed[below]}'.");
                }
            }
            else
            {
                Report.Error(DatasetProblemKind.UnsafeName, new DatasetPlace(list, line), $"Expected a picture below the dataset, but received \"{Excerpt.Of(path)}\".");
            }
        }
    }

    private DatasetPicture Describe(string path, string fullPath, string label) =>
        new(path, fullPath, SplitOf(Path.ChangeExtension(path, null), path) is { Length: > 0 } split ? split : _listed.GetValueOrDefault(path, ""), new DatasetPlace(label), () => ReadObjects(fullPath, label));

    private List<DatasetObject> ReadObjects(string picture, string label)
    {
        var objects = new List<DatasetObject>();
        try
        {
            PictureSize? size = null;
            var line = 0;
            foreach (var text in File.ReadLines(Tree.FullPath(label)))
            {
                line++;
                if (text.AsSpan().Trim().IsEmpty)
                {
                    continue;
                }

                var place = new DatasetPlace(label, line);
                try
                {
                    objects.Add(YoloLine.Read(text, _categories, _names.Keypoints, _names.Dimensions, size ??= Options.SizeOf(picture), place));
                }
                catch (FormatException error)
                {
                    Report.Unreadable(place, error);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Report.Error(DatasetProblemKind.Malformed, new DatasetPlace(label), "The file cannot be read: " + error.Message, error);
        }

        return objects;
    }
}
