using Veil.Datasets.Reading;

namespace Veil.Datasets.Formats;

/// <summary>Reads Pascal VOC datasets.</summary>
internal sealed class VocReader : DatasetReader
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".JPG", ".JPEG", ".PNG", ".bmp", ".webp", ".tif", ".tiff"];
    private static readonly string[] SplitNames = ["train", "val", "test"];
    private readonly IReadOnlyList<VocPart> _parts;
    private readonly Dictionary<string, string> _splits = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<DatasetCategory>> _categories;

    public VocReader(string root, DatasetReadOptions options)
        : base(VocFormat.Id, root, options)
    {
        _parts = VocFormat.PartsOf(Root);
        if (_parts.Count == 0)
        {
            Report.Error(DatasetProblemKind.MissingFile, new DatasetPlace("Annotations"), "Expected the folders JPEGImages and Annotations with XML files in it, but they are not there.");
        }

        foreach (var part in _parts)
        {
            ReadSplits(part);
        }

        Splits = [.. _splits.Values.Distinct().Order(StringComparer.Ordinal)];
        _categories = new Lazy<IReadOnlyList<DatasetCategory>>(FindCategories);
    }

    /// <summary>The names that annotations use, sorted: VOC declares none. All annotations are read for it, when it is first asked for.</summary>
    public override IReadOnlyList<DatasetCategory> Categories => _categories.Value;

    public override IReadOnlyList<string> Splits { get; }

    protected override DatasetPicture Describe(TreeFile file)
    {
        if (PartOf(file.Path, part => part.Pictures) is { } part)
        {
            var stem = Path.ChangeExtension(file.Path[part.Pictures.Length..], null);
            var annotation = part.Annotations + stem + ".xml";
            if (File.Exists(Tree.FullPath(annotation)))
            {
                return Describe(file.Path, file.FullPath, annotation);
            }
        }

        return new DatasetPicture(file.Path, file.FullPath, SplitOf(file), new DatasetPlace(file.Path), null);
    }

    protected override IEnumerable<DatasetPicture> Missing()
    {
        foreach (var part in _parts)
        {
            foreach (var file in Tree.Files(part.Annotations.TrimEnd('/')).Where(IsAnnotation))
            {
                var stem = Path.ChangeExtension(file.Path[part.Annotations.Length..], null);
                if (PictureOf(part, stem) is null)
                {
                    var path = part.Pictures + stem + ".jpg";
                    yield return Describe(path, Tree.FullPath(path), file.Path);
                }
            }

            foreach (var (key, split) in _splits.Where(entry => entry.Key.StartsWith(part.Pictures, StringComparison.Ordinal)))
            {
                var stem = key[part.Pictures.Length..];
                if (PictureOf(part, stem) is null && !File.Exists(Tree.FullPath(part.Annotations + stem + ".xml")))
                {
                    yield return new DatasetPicture(key + ".jpg", Tree.FullPath(key + ".jpg"), split, new DatasetPlace(part.Sets + "Main/" + split + ".txt"), null);
                }
            }
        }
    }

    protected override DatasetFileRole? RoleOf(TreeFile file) =>
        PartOf(file.Path, part => part.Annotations) is not null && IsAnnotation(file) ? DatasetFileRole.Annotations
        : PartOf(file.Path, part => part.Sets) is not null && file.Path.EndsWith(".txt", StringComparison.Ordinal) ? DatasetFileRole.Listing
        : file.Path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)
            && _parts.Any(part => file.Path.StartsWith(part.Prefix + "SegmentationClass", StringComparison.Ordinal) || file.Path.StartsWith(part.Prefix + "SegmentationObject", StringComparison.Ordinal)) ? DatasetFileRole.LabelMap
        : null;

    protected override string SplitOf(TreeFile file)
    {
        var part = PartOf(file.Path, part => part.Pictures);
        if (part is not null)
        {
            return SplitOf(Path.ChangeExtension(file.Path, null));
        }

        part = PartOf(file.Path, part => part.Annotations);
        return part is not null ? SplitOf(part.Pictures + Path.ChangeExtension(file.Path[part.Annotations.Length..], null)) : "";
    }

    private static bool IsAnnotation(TreeFile file) => file.Path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    private string SplitOf(string pictureWithoutExtension) => _splits.GetValueOrDefault(pictureWithoutExtension, "");

    private VocPart? PartOf(string path, Func<VocPart, string> folder) => _parts.FirstOrDefault(part => path.StartsWith(folder(part), StringComparison.Ordinal));

    private string? PictureOf(VocPart part, string stem) =>
        Extensions.Select(extension => part.Pictures + stem + extension).FirstOrDefault(path => File.Exists(Tree.FullPath(path)));

    private DatasetPicture Describe(string path, string fullPath, string annotation)
    {
        // The XML alone knows the size, and it is read when objects are asked for; whoever needs the size before has the picture.
        return new DatasetPicture(path, fullPath, SplitOf(Path.ChangeExtension(path, null)), new DatasetPlace(annotation), () => Read(annotation, Report)?.Objects ?? []) { SizeReader = () => Read(annotation, Report.Again)?.Size };
    }

    private VocAnnotation? Read(string annotation, ProblemReporter report)
    {
        try
        {
            return VocAnnotation.Read(Tree.FullPath(annotation), annotation, name => new DatasetCategory(name, 0, Subjects.Of(name)), report);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report.Error(DatasetProblemKind.Malformed, new DatasetPlace(annotation), "The file cannot be read: " + error.Message, error);
            return null;
        }
    }

    private void ReadSplits(VocPart part)
    {
        foreach (var split in SplitNames)
        {
            var path = part.Sets + "Main/" + split + ".txt";
            if (!File.Exists(Tree.FullPath(path)))
            {
                continue;
            }

            var line = 0;
            foreach (var text in File.ReadLines(Tree.FullPath(path)))
            {
                line++;
                var name = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
                if (name is null)
                {
                    continue;
                }

                var place = new DatasetPlace(path, line);
                if (SafeName.Normalise(name) is not { } safe)
                {
                    Report.Error(DatasetProblemKind.UnsafeName, place, $"Expected the name of a picture, but received \"{name}\".");
                }
                else if (!_splits.TryAdd(part.Pictures + safe, split))
                {
                    Report.Error(DatasetProblemKind.Duplicate, place, $"\"{safe}\" is already in '{_splits[part.Pictures + safe]}'.");
                }
            }
        }
    }

    private DatasetCategory[] FindCategories()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var part in _parts)
        {
            foreach (var file in Tree.Files(part.Annotations.TrimEnd('/')).Where(IsAnnotation))
            {
                names.UnionWith(VocAnnotation.NamesIn(file.FullPath));
            }
        }

        return [.. names.Select((name, index) => new DatasetCategory(name, index, Subjects.Of(name)))];
    }
}
