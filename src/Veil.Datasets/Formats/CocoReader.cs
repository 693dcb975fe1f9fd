using Microsoft.Win32.SafeHandles;
using System.Text.Json;
using Veil.Datasets.Reading;

namespace Veil.Datasets.Formats;

/// <summary>Reads COCO datasets.</summary>
internal sealed class CocoReader : DatasetReader
{
    private readonly CocoIndex _index;
    private readonly Lazy<SafeFileHandle>[] _files;

    // Of one person's two boxes; files round them differently.
    private const float SamePerson = 0.9f;

    public CocoReader(string root, DatasetReadOptions options)
        : base(CocoFormat.Id, root, options)
    {
        _index = new CocoIndex(Tree, Subjects, Report);
        if (_index.Files.Count == 0)
        {
            Report.Error(DatasetProblemKind.MissingFile, new DatasetPlace("annotations"), "Expected annotation files such as annotations/instances_train.json, but there are none.");
        }

        Splits = [.. _index.Pictures.SelectMany(picture => picture.OtherSplits.Append(picture.Split)).Distinct().Where(split => split.Length > 0).Order(StringComparer.Ordinal)];
        _files = [.. _index.Files.Select(file => new Lazy<SafeFileHandle>(() => File.OpenHandle(file.Source.FullPath)))];
    }

    public override IReadOnlyList<DatasetCategory> Categories => _index.Categories;

    public override IReadOnlyList<string> Splits { get; }

    public override void Dispose()
    {
        foreach (var file in _files.Where(file => file.IsValueCreated))
        {
            file.Value.Dispose();
        }

        base.Dispose();
    }

    protected override DatasetPicture Describe(TreeFile file) => _index.Find(file.Path) is { } index
        ? Describe(index)
        : new DatasetPicture(file.Path, file.FullPath, SplitOf(file), new DatasetPlace(file.Path), null);

    protected override IEnumerable<DatasetPicture> Missing() =>
        Enumerable.Range(0, _index.Pictures.Count).Where(index => !File.Exists(Tree.FullPath(_index.Pictures[index].Path))).Select(Describe);

    protected override DatasetFileRole? RoleOf(TreeFile file) =>
        CocoFormat.IsAnnotationFile(file.Path) ? DatasetFileRole.Annotations
        : PictureFiles.IsPicture(file.Path) && file.Folders is [var first, var second, ..] && first.Equals("annotations", StringComparison.OrdinalIgnoreCase) && IsLabelFolder(second) ? DatasetFileRole.LabelMap
        : null;

    protected override string SplitOf(TreeFile file)
    {
        if (CocoFormat.IsAnnotationFile(file.Path))
        {
            return CocoFormat.SplitOf(file.Path);
        }

        return file.Folders.FirstOrDefault(folder => Splits.Contains(folder)) ?? "";
    }

    private static bool IsLabelFolder(string folder) =>
        folder.StartsWith("panoptic", StringComparison.OrdinalIgnoreCase) || folder.StartsWith("stuff", StringComparison.OrdinalIgnoreCase) || folder.StartsWith("semantic", StringComparison.OrdinalIgnoreCase);

    private DatasetPicture Describe(int index)
    {
        var picture = _index.Pictures[index];
        return new DatasetPicture(
            picture.Path, Tree.FullPath(picture.Path), picture.Split, picture.Place, picture.Annotations, picture.Annotations == AnnotationState.Absent ? null : () => ReadObjects(index))
        {
            OtherSplits = picture.OtherSplits,
            SizeReader = () => new PictureSize(picture.Width, picture.Height),
        };
    }

    private List<DatasetObject> ReadObjects(int index)
    {
        var objects = new List<DatasetObject>();
        var byId = new Dictionary<(string, string), int>();
        var picture = _index.Pictures[index];
        foreach (var annotation in _index.AnnotationsOf(index))
        {
            var entry = _index[annotation];
            if (Read(picture, entry) is not { } found)
            {
                continue;
            }

            // instances_ and person_keypoints_ describe the same person under the same id; others may number on their own.
            if (found.Id is { } id && !byId.TryAdd((id, found.Category.Name), objects.Count))
            {
                var known = byId[(id, found.Category.Name)];
                if (objects[known].Place.File != found.Place.File && objects[known].Box.IoU(found.Box) >= SamePerson)
                {
                    objects[known] = Join(objects[known], found);
                    continue;
                }
            }

            objects.Add(found);
        }

        return objects;
    }

    private static DatasetObject Join(DatasetObject one, DatasetObject other) => one with
    {
        Category = one.Category.Keypoints.Count > 0 ? one.Category : other.Category,
        Box = one.Box.Union(other.Box),
        Polygons = one.Polygons.IsEmpty && one.Mask is null ? other.Polygons : one.Polygons,
        Mask = one.Polygons.IsEmpty && one.Mask is null ? other.Mask : one.Mask,
        Keypoints = one.Keypoints.IsEmpty ? other.Keypoints : one.Keypoints,
        Area = one.Area ?? other.Area,
        IsCrowd = one.IsCrowd || other.IsCrowd,
        IsIgnored = one.IsIgnored && other.IsIgnored,
    };

    private DatasetObject? Read(CocoPicture picture, CocoIndex.Entry entry)
    {
        var file = _index.Files[entry.File];
        var place = new DatasetPlace(file.Source.Path, entry.Line);
        try
        {
            var bytes = new byte[entry.Length];
            for (var read = 0; read < bytes.Length;)
            {
                var count = RandomAccess.Read(_files[entry.File].Value, bytes.AsSpan(read), entry.Offset + read);
                read += count > 0 ? count : throw new FormatException("The file became shorter while it was read.");
            }

            using var document = JsonDocument.Parse(bytes);
            return CocoAnnotation.Read(document.RootElement, file.Categories, picture, place);
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            Report.Unreadable(place, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Report.Error(DatasetProblemKind.Malformed, place, "The file cannot be read: " + error.Message, error);
        }

        return null;
    }
}
