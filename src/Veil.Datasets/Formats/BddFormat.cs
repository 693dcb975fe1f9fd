namespace Veil.Datasets.Formats;

/// <summary>
/// BDD100K in Scalabel's format (https://doc.bdd100k.com/format.html): pictures in <c>images/SET/SPLIT/…</c>; labels as lists of
/// frames (<c>labels/det_20/det_train.json</c>) or, as released first, one file to a picture (<c>labels/100k/train/NAME.json</c>).
/// A box names its first and last pixel, counted from 0.
/// </summary>
internal static class BddFormat
{
    public const string Id = "bdd100k";

    public static DatasetFormat Format { get; } = new(
        Id, "BDD100K: Scalabel JSON with box2d, poly2d or rle", DatasetFeatures.Boxes | DatasetFeatures.Polygons | DatasetFeatures.Masks | DatasetFeatures.Crowds | DatasetFeatures.Attributes,
        Recognises, (root, options) => new BddReader(root, options), (root, options) => new BddWriter(root, options));

    /// <summary>
    /// Folders of labels that annotate everything of the detection vocabulary, people included, with the picture set that they
    /// are for. Labels of other folders (lanes, drivable area) are about other things.
    /// </summary>
    public static IReadOnlyDictionary<string, string> ObjectLabels { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["det_20"] = "100k", ["det"] = "100k", ["100k"] = "100k", ["10k"] = "10k", ["ins_seg"] = "10k", ["sem_seg"] = "10k", ["pan_seg"] = "10k",
        ["box_track_20"] = "track", ["seg_track_20"] = "seg_track_20", ["pose_21"] = "100k",
    };

    /// <summary>Other label folders with the picture set that they are for.</summary>
    public static IReadOnlyDictionary<string, string> OtherLabels { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["lane"] = "100k", ["drivable"] = "100k",
    };

    /// <summary>Categories of the releases with their groups (bdd100k, configs/*.toml), old names included.</summary>
    public static IReadOnlyList<(string Name, string Group)> Vocabulary { get; } =
    [
        ("pedestrian", "human"), ("rider", "human"), ("car", "vehicle"), ("truck", "vehicle"), ("bus", "vehicle"), ("train", "vehicle"), ("motorcycle", "bike"),
        ("bicycle", "bike"), ("traffic light", ""), ("traffic sign", ""), ("person", "human"), ("other person", "human"), ("other vehicle", "vehicle"),
        ("trailer", "vehicle"), ("caravan", "vehicle"), ("van", "vehicle"), ("bike", "bike"), ("motor", "bike"),
        .. Stuff.Select(name => (name, "stuff")),
    ];

    /// <summary>What segmentation labels have beside objects.</summary>
    private static string[] Stuff =>
    [
        "unlabeled", "dynamic", "ego vehicle", "ground", "static", "parking", "rail track", "road", "sidewalk", "bridge", "building", "fence", "garage",
        "guard rail", "tunnel", "wall", "banner", "billboard", "lane divider", "parking sign", "pole", "polegroup", "street light", "traffic cone",
        "traffic device", "traffic sign frame", "terrain", "vegetation", "sky",
    ];

    /// <summary>Whether a folder or a word of a file name is a split; conversions of datasets without splits are called <c>all</c>.</summary>
    public static bool IsSplit(string name) => ImageFolders.IsSplit(name) || name == "all";

    private static bool Recognises(string root)
    {
        var labels = Path.Combine(root, "labels");
        return Directory.Exists(labels) && Directory.EnumerateDirectories(labels).Any(path => ObjectLabels.ContainsKey(Path.GetFileName(path)))
            && Directory.EnumerateFiles(labels, "*.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 }).Any();
    }
}
