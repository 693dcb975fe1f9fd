namespace Veil.Datasets.Formats;

/// <summary>
/// Cityscapes: <c>leftImg8bit/SPLIT/CITY/*_leftImg8bit.png</c> and <c>gtFine/SPLIT/CITY/*_gtFine_polygons.json</c>, label
/// pictures beside the latter (https://github.com/mcordts/cityscapesScripts). Corners are indices of pixels.
/// </summary>
internal static class CityscapesFormat
{
    public const string Id = "cityscapes";

    /// <summary>Folder of the pictures that annotations are for.</summary>
    public const string Pictures = "leftImg8bit";

    public static DatasetFormat Format { get; } = new(
        Id, "Cityscapes: leftImg8bit and gtFine polygons", DatasetFeatures.Boxes | DatasetFeatures.Polygons | DatasetFeatures.Crowds,
        root => Directory.Exists(Path.Combine(root, Pictures)), (root, options) => new CityscapesReader(root, options), (root, options) => new CityscapesWriter(root, options));

    /// <summary>The labels of the vocabulary (cityscapesscripts, helpers/labels.py): name, number, group, and whether single objects are told apart.</summary>
    public static IReadOnlyList<(string Name, int Number, string Group, bool HasInstances)> Labels { get; } =
    [
        ("unlabeled", 0, "void", false), ("ego vehicle", 1, "void", false), ("rectification border", 2, "void", false), ("out of roi", 3, "void", false),
        ("static", 4, "void", false), ("dynamic", 5, "void", false), ("ground", 6, "void", false), ("road", 7, "flat", false), ("sidewalk", 8, "flat", false),
        ("parking", 9, "flat", false), ("rail track", 10, "flat", false), ("building", 11, "construction", false), ("wall", 12, "construction", false),
        ("fence", 13, "construction", false), ("guard rail", 14, "construction", false), ("bridge", 15, "construction", false), ("tunnel", 16, "construction", false),
        ("pole", 17, "object", false), ("polegroup", 18, "object", false), ("traffic light", 19, "object", false), ("traffic sign", 20, "object", false),
        ("vegetation", 21, "nature", false), ("terrain", 22, "nature", false), ("sky", 23, "sky", false), ("person", 24, "human", true), ("rider", 25, "human", true),
        ("car", 26, "vehicle", true), ("truck", 27, "vehicle", true), ("bus", 28, "vehicle", true), ("caravan", 29, "vehicle", true), ("trailer", 30, "vehicle", true),
        ("train", 31, "vehicle", true), ("motorcycle", 32, "vehicle", true), ("bicycle", 33, "vehicle", true), ("license plate", -1, "vehicle", false),
    ];

    /// <summary>Labels that say something about the camera, not about what it saw: all that the test split has.</summary>
    public static IReadOnlySet<string> CameraLabels { get; } = new HashSet<string> { "ego vehicle", "rectification border", "out of roi" };

    /// <summary>All categories: the vocabulary, and a group for each label with instances, number −1 as in the label pictures.</summary>
    public static IReadOnlyList<DatasetCategory> CategoriesWith(CategorySubjects subjects) =>
    [
        .. Labels.Select(label => new DatasetCategory(label.Name, label.Number, subjects.Of(label.Name)) { Group = label.Group }),
        .. Labels.Where(label => label.HasInstances).Select(label => new DatasetCategory(label.Name + "group", label.Number, GroupOf(subjects.Of(label.Name))) { Group = label.Group }),
    ];

    private static CategorySubject GroupOf(CategorySubject one) => one == CategorySubject.Person ? CategorySubject.People : one;
}
