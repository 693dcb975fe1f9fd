namespace Veil.Datasets.Formats;

/// <summary>
/// COCO: JSON files with images, annotations and categories (https://cocodataset.org/#format-data), beside folders of pictures.
/// Boxes are x, y, width, height in pixel-edge coordinates; keypoints are indices of pixels.
/// </summary>
internal static class CocoFormat
{
    public const string Id = "coco";

    public static DatasetFormat Format { get; } = new(
        Id, "COCO JSON: instances, person_keypoints; polygons and run-length masks",
        DatasetFeatures.Boxes | DatasetFeatures.Polygons | DatasetFeatures.Masks | DatasetFeatures.Keypoints | DatasetFeatures.Crowds | DatasetFeatures.Attributes,
        Recognises, (root, options) => new CocoReader(root, options), (root, options) => new CocoWriter(root, options));

    private static readonly string[] Prefixes = ["instances_", "person_keypoints_", "captions_", "stuff_", "panoptic_", "image_info_", "annotations_", "labels_"];

    /// <summary>Whether a file may hold annotations: in <c>annotations/</c>, in the root, or one made by an export beside its pictures.</summary>
    public static bool IsAnnotationFile(string path)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var folders = path.Split('/')[..^1];
        return folders.Length == 0 || folders[0].Equals("annotations", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".coco.json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The split that an annotation file is for: <c>instances_val2017.json</c> is for <c>val2017</c>.</summary>
    public static string SplitOf(string path)
    {
        var parts = path.Split('/');
        var stem = Path.GetFileNameWithoutExtension(parts[^1]);
        if (stem.StartsWith('_') || stem.EndsWith(".coco", StringComparison.OrdinalIgnoreCase))
        {
            return parts.Length > 1 && !parts[0].Equals("annotations", StringComparison.OrdinalIgnoreCase) ? parts[0] : "";
        }

        var prefix = Prefixes.FirstOrDefault(prefix => stem.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        return prefix is not null ? stem[prefix.Length..] : stem is "annotations" or "instances" or "labels" or "coco" ? "" : stem;
    }

    private static bool Recognises(string root)
    {
        var annotations = Path.Combine(root, "annotations");
        return (Directory.Exists(annotations) && Directory.EnumerateFiles(annotations, "*.json").Any())
            || Directory.EnumerateFiles(root, "*.coco.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }).Any()
            || Directory.EnumerateFiles(root, "instances*.json").Any();
    }
}
