using System.Collections.Immutable;
using System.Text.Json;
using Veil.Datasets.Masks;
using Veil.Datasets.Reading;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Datasets.Formats;

/// <summary>Reads Cityscapes.</summary>
internal sealed class CityscapesReader : DatasetReader
{
    private const long LargestFile = 1 << 27;
    private const string Suffix = "_leftImg8bit";
    private static readonly string[] LabelFolders = ["gtFine", "gtCoarse", "gtBbox3d", "gtBboxCityPersons", "disparity"];
    private readonly Dictionary<string, DatasetCategory> _categories;

    public CityscapesReader(string root, DatasetReadOptions options)
        : base(CityscapesFormat.Id, root, options)
    {
        Categories = CityscapesFormat.CategoriesWith(Subjects);
        _categories = Categories.ToDictionary(category => category.Name);
        Splits = [.. FoldersOf(CityscapesFormat.Pictures).Concat(FoldersOf("gtFine")).Concat(FoldersOf("gtCoarse")).Distinct().Order(StringComparer.Ordinal)];
        if (!Directory.Exists(Tree.FullPath(CityscapesFormat.Pictures)))
        {
            Report.Error(DatasetProblemKind.MissingFile, new DatasetPlace(CityscapesFormat.Pictures), "Expected the folder leftImg8bit, but it is not there.");
        }
    }

    public override IReadOnlyList<DatasetCategory> Categories { get; }

    public override IReadOnlyList<string> Splits { get; }

    protected override DatasetPicture Describe(TreeFile file)
    {
        if (StemOf(file) is { } stem)
        {
            foreach (var kind in (string[])["gtFine", "gtCoarse"])
            {
                var annotation = $"{kind}/{stem}_{kind}_polygons.json";
                if (File.Exists(Tree.FullPath(annotation)))
                {
                    return Describe(file.Path, file.FullPath, SplitOf(file), annotation, kind);
                }
            }
        }

        return new DatasetPicture(file.Path, file.FullPath, SplitOf(file), new DatasetPlace(file.Path), null);
    }

    protected override IEnumerable<DatasetPicture> Missing()
    {
        foreach (var kind in (string[])["gtFine", "gtCoarse"])
        {
            var end = $"_{kind}_polygons.json";
            foreach (var file in Tree.Files(kind).Where(file => file.Path.EndsWith(end, StringComparison.Ordinal)))
            {
                var stem = file.Path[(kind.Length + 1)..^end.Length];
                if (!PictureExists(stem) && (kind == "gtFine" || !File.Exists(Tree.FullPath($"gtFine/{stem}_gtFine_polygons.json"))))
                {
                    var path = $"{CityscapesFormat.Pictures}/{stem}{Suffix}.png";
                    yield return Describe(path, Tree.FullPath(path), SplitOf(file), file.Path, kind);
                }
            }
        }
    }

    protected override DatasetFileRole? RoleOf(TreeFile file) =>
        file.Folders is not [var top, ..] || !LabelFolders.Contains(top) ? null
        : file.Path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) ? DatasetFileRole.LabelMap
        : file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? DatasetFileRole.Annotations
        : null;

    protected override string SplitOf(TreeFile file) => file.Folders is [_, var split, ..] && Splits.Contains(split) ? split : "";

    private IEnumerable<string> FoldersOf(string folder)
    {
        var full = Tree.FullPath(folder);
        return Directory.Exists(full) ? Directory.EnumerateDirectories(full).Select(path => Path.GetFileName(path)).Where(name => name[0] != '.') : [];
    }

    /// <summary><c>SPLIT/CITY/CITY_000000_000019</c> of an annotated picture; null for others.</summary>
    private static string? StemOf(TreeFile file)
    {
        var stem = Path.ChangeExtension(file.Path, null);
        return stem.StartsWith(CityscapesFormat.Pictures + "/", StringComparison.Ordinal) && stem.EndsWith(Suffix, StringComparison.Ordinal)
            ? stem[(CityscapesFormat.Pictures.Length + 1)..^Suffix.Length]
            : null;
    }

    private bool PictureExists(string stem)
    {
        var path = Tree.FullPath($"{CityscapesFormat.Pictures}/{stem}{Suffix}");
        return File.Exists(path + ".png") || File.Exists(path + ".jpg") || File.Exists(path + ".jpeg");
    }

    private DatasetPicture Describe(string path, string fullPath, string split, string annotation, string kind)
    {
        // Coarse labels leave people out, and those of the test split are about the camera alone.
        var state = kind == "gtCoarse" || split is "test" or "demoVideo" ? AnnotationState.Partial : AnnotationState.Present;
        return new DatasetPicture(path, fullPath, split, new DatasetPlace(annotation), state, () => Read(annotation, state, Report).Objects) { SizeReader = () => Read(annotation, AnnotationState.Partial, Report.Again).Size };
    }

    private (PictureSize? Size, List<DatasetObject> Objects) Read(string annotation, AnnotationState state, ProblemReporter report)
    {
        var objects = new List<DatasetObject>();
        PictureSize? size = null;
        JsonLines json;
        try
        {
            json = JsonLines.Read(Tree.FullPath(annotation), LargestFile);
        }
        catch (JsonFileException error)
        {
            report.Unreadable(new DatasetPlace(annotation, error.Line), error);
            return (null, objects);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report.Error(DatasetProblemKind.Malformed, new DatasetPlace(annotation), "The file cannot be read: " + error.Message, error);
            return (null, objects);
        }

        using (json)
        {
            try
            {
                var root = json.Root;
                size = new PictureSize(root.Need("imgWidth").Side("imgWidth"), root.Need("imgHeight").Side("imgHeight"));
                var list = root.Need("objects");
                list.Items("objects");
                var index = 0;
                foreach (var element in list.EnumerateArray())
                {
                    var place = new DatasetPlace(annotation, json.LineOf("objects", index));
                    Add(objects, element, index++, place, report);
                }
            }
            catch (FormatException error)
            {
                report.Unreadable(new DatasetPlace(annotation, 1), error);
            }
        }

        if (state == AnnotationState.Present && objects.Count > 0 && objects.TrueForAll(found => CityscapesFormat.CameraLabels.Contains(found.Category.Name)))
        {
            report.Error(
                DatasetProblemKind.NoAnnotation, new DatasetPlace(annotation), "Expected labels of what is seen, but there are none beside those of the camera: whether it shows anybody is not known.");
        }

        return (size, objects);
    }

    private void Add(List<DatasetObject> objects, JsonElement element, int index, DatasetPlace place, ProblemReporter report)
    {
        try
        {
            objects.Add(ReadObject(element, index, place));
        }
        catch (FormatException error)
        {
            report.Unreadable(place, error);
        }
    }

    private DatasetObject ReadObject(JsonElement element, int index, DatasetPlace place)
    {
        var label = element.Need("label").Text("label");
        if (!_categories.TryGetValue(label, out var category))
        {
            throw new UnknownCategoryException($"Expected a label of Cityscapes, but received \"{Excerpt.Of(label, 60)}\".");
        }

        var corners = element.Need("polygon");
        var coordinates = ImmutableArray.CreateBuilder<double>(corners.Items("polygon") * 2);
        foreach (var corner in corners.EnumerateArray())
        {
            if (corner.Numbers("polygon") is not [var x, var y])
            {
                throw new FormatException("Expected [x, y] for each corner in \"polygon\".");
            }

            // The scripts draw outlines through the middle of pixels, and those pixels belong to the object.
            coordinates.Add(x + .5);
            coordinates.Add(y + .5);
        }

        if (coordinates.Count == 0)
        {
            throw new FormatException("Expected corners in \"polygon\", but there are none.");
        }

        var polygon = new Polygon(coordinates.DrainToImmutable());
        var around = Polygon.BoxAround([polygon])!.Value;
        return new DatasetObject(category, new Box(around.Left - .5f, around.Top - .5f, around.Right + .5f, around.Bottom + .5f), place)
        {
            Id = index.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Polygons = [polygon],
            IsCrowd = label.EndsWith("group", StringComparison.Ordinal) && label != "polegroup",
            IsIgnored = element.Find("deleted").Flag("deleted"),
        };
    }
}
