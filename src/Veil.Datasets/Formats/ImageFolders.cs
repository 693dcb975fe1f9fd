using Veil.Datasets.Reading;

namespace Veil.Datasets.Formats;

/// <summary>
/// Pictures in folders: <c>train/CLASS/…</c>, <c>val/…</c>, <c>test/…</c>, or classes without splits, or neither. The class of a
/// picture is the folder below its split; nothing is said of what it shows.
/// </summary>
internal static class ImageFolders
{
    public const string Id = "image-folders";

    private static readonly string[] SplitNames = ["train", "training", "val", "valid", "validation", "test", "testing"];

    public static DatasetFormat Format { get; } = new(
        Id, "Folders of pictures by split and class: train/CLASS/…, test/…", DatasetFeatures.None,
        Recognises, (root, options) => new ImageFoldersReader(root, options), (root, options) => new ImageFoldersWriter(root, options));

    /// <summary>Whether a folder is called like a split, a year after it or not.</summary>
    public static bool IsSplit(string folder) => SplitNames.Any(name => SplitName.Matches(folder, name));

    /// <summary>Any folder will do in which pictures lie not too deep: this format is asked last.</summary>
    private static bool Recognises(string root) =>
        Directory.Exists(root) && Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 }).Any(file => PictureFiles.IsPicture(file));
}

/// <summary>Reads folders of pictures.</summary>
internal sealed class ImageFoldersReader : DatasetReader
{
    private readonly Dictionary<string, DatasetCategory> _categories;

    public ImageFoldersReader(string root, DatasetReadOptions options)
        : base(ImageFolders.Id, root, options)
    {
        string[] top = [.. FoldersOf(Root)];
        Splits = [.. top.Where(ImageFolders.IsSplit)];
        var names = Splits.Count == 0 ? top : Splits.SelectMany(split => FoldersOf(Path.Combine(Root, split)));
        Categories = [.. names.Distinct().Order(StringComparer.Ordinal).Select((name, index) => new DatasetCategory(name, index, Subjects.Of(name)))];
        _categories = Categories.ToDictionary(category => category.Name);
    }

    public override IReadOnlyList<DatasetCategory> Categories { get; }

    public override IReadOnlyList<string> Splits { get; }

    protected override DatasetPicture Describe(TreeFile file)
    {
        var split = SplitOf(file);
        var folders = file.Folders;
        var depth = split.Length > 0 ? 1 : 0;
        return new DatasetPicture(file.Path, file.FullPath, split, new DatasetPlace(file.Path), null)
        {
            Category = folders.Length > depth ? _categories.GetValueOrDefault(folders[depth]) : null,
        };
    }

    protected override IEnumerable<DatasetPicture> Missing() => [];

    protected override DatasetFileRole? RoleOf(TreeFile file) => null;

    protected override string SplitOf(TreeFile file) => file.Folders is [var first, ..] && Splits.Contains(first) ? first : "";

    private static IEnumerable<string> FoldersOf(string folder) =>
        new DirectoryInfo(folder).EnumerateDirectories().Select(entry => entry.Name).Where(name => name[0] != '.').Order(StringComparer.Ordinal);
}
