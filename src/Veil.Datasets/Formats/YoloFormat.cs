namespace Veil.Datasets.Formats;

/// <summary>
/// YOLO as Ultralytics lays it out (https://docs.ultralytics.com/datasets/detect/): <c>images/…</c> and, in the same place
/// below <c>labels/…</c>, one text file to a picture; <c>data.yaml</c> names the classes. A line is a class number and, in
/// fractions of the upright picture, a box (centre and size), a polygon, or a box with keypoints.
/// </summary>
internal static class YoloFormat
{
    public const string Id = "yolo";

    public static DatasetFormat Format { get; } = new(
        Id, "YOLO text files: boxes, polygons or keypoints, with data.yaml", DatasetFeatures.Boxes | DatasetFeatures.Polygons | DatasetFeatures.Keypoints,
        Recognises, (root, options) => new YoloReader(root, options), (root, options) => new YoloWriter(root, options));

    /// <summary>The path of a picture's label file: the last <c>images</c> in it becomes <c>labels</c>. Null where there is none.</summary>
    public static string? LabelOf(string picture)
    {
        var parts = picture.Split('/');
        for (var i = parts.Length - 2; i >= 0; i--)
        {
            if (parts[i].Equals("images", StringComparison.OrdinalIgnoreCase))
            {
                parts[i] = "labels";
                return Path.ChangeExtension(string.Join('/', parts), ".txt");
            }
        }

        return null;
    }

    private static bool Recognises(string root) =>
        YoloNames.Find(root) is not null
        || (Directory.Exists(Path.Combine(root, "labels")) && Directory.Exists(Path.Combine(root, "images"))
            && Directory.EnumerateFiles(Path.Combine(root, "labels"), "*.txt", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }).Any());
}
