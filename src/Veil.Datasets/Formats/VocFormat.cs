namespace Veil.Datasets.Formats;

/// <summary>
/// Pascal VOC: <c>JPEGImages/</c>, <c>Annotations/*.xml</c>, <c>ImageSets/Main/*.txt</c>
/// (http://host.robots.ox.ac.uk/pascal/VOC/voc2012/htmldoc/devkit_doc.html), also as <c>VOCdevkit/VOC2012/…</c>, and with the
/// folder names <c>images</c> and <c>annotations</c> that exports use. Boxes are the first and last pixel, counted from 1.
/// </summary>
internal static class VocFormat
{
    public const string Id = "voc";

    public static DatasetFormat Format { get; } = new(
        Id, "Pascal VOC: one XML file to a picture", DatasetFeatures.Boxes | DatasetFeatures.Attributes,
        root => PartsOf(root).Count > 0, (root, options) => new VocReader(root, options), (root, options) => new VocWriter(root, options));

    /// <summary>The folders, below a root, that hold pictures and annotations side by side: the root itself, or one for each year.</summary>
    public static IReadOnlyList<VocPart> PartsOf(string root)
    {
        var parts = new List<VocPart>();
        Add(root, "");
        foreach (var folder in FoldersOf(root))
        {
            Add(Path.Combine(root, folder), folder + "/");
            if (folder.StartsWith("VOC", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var inner in FoldersOf(Path.Combine(root, folder)))
                {
                    Add(Path.Combine(root, folder, inner), folder + "/" + inner + "/");
                }
            }
        }

        return parts;

        void Add(string full, string prefix)
        {
            string[] folders = [.. FoldersOf(full)];
            var annotations = folders.FirstOrDefault(name => name.Equals("Annotations", StringComparison.OrdinalIgnoreCase));
            var pictures = folders.FirstOrDefault(name => name.Equals("JPEGImages", StringComparison.OrdinalIgnoreCase))
                ?? folders.FirstOrDefault(name => name.Equals("images", StringComparison.OrdinalIgnoreCase));
            if (annotations is not null && pictures is not null && Directory.EnumerateFiles(Path.Combine(full, annotations), "*.xml").Any())
            {
                parts.Add(new VocPart(prefix, prefix + pictures + "/", prefix + annotations + "/", prefix + "ImageSets/"));
            }
        }
    }

    private static IEnumerable<string> FoldersOf(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Where(name => name[0] != '.').Order(StringComparer.Ordinal) : [];
}

/// <summary>One year of a VOC dataset. All paths are below the root and end with a slash; the prefix of the root itself is empty.</summary>
internal sealed record VocPart(string Prefix, string Pictures, string Annotations, string Sets);
