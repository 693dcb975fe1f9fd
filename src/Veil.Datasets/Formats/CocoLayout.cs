using Veil.Datasets.Reading;

namespace Veil.Datasets.Formats;

/// <summary>Where a COCO dataset keeps its annotations and pictures: the format itself says nothing of folders.</summary>
internal static class CocoLayout
{
    /// <summary>The files that hold annotations, in the order in which they are read.</summary>
    public static IEnumerable<TreeFile> AnnotationFiles(DatasetTree tree)
    {
        // Only folders that can hold them are searched: picture folders are large.
        var top = new DirectoryInfo(tree.Root).EnumerateFileSystemInfos().Where(entry => entry.Name[0] != '.').OrderBy(entry => entry.Name, StringComparer.Ordinal);
        foreach (var entry in top)
        {
            if (!Directory.Exists(entry.FullName))
            {
                if (CocoFormat.IsAnnotationFile(entry.Name))
                {
                    yield return new TreeFile(entry.Name, entry.FullName);
                }
            }
            else if (entry.Name.Equals("annotations", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var file in tree.Files(entry.Name).Where(file => CocoFormat.IsAnnotationFile(file.Path)))
                {
                    yield return file;
                }
            }
            else
            {
                foreach (var path in Directory.EnumerateFiles(entry.FullName, "*.coco.json").Order(StringComparer.Ordinal))
                {
                    yield return new TreeFile(entry.Name + "/" + Path.GetFileName(path), path);
                }
            }
        }
    }

    /// <summary>The folder in which most of the first pictures of a file are found.</summary>
    public static string FolderOf(DatasetTree tree, CocoFile file, IEnumerable<string> names)
    {
        string[] probes = [.. names.Take(20)];
        var own = file.Source.Path.Contains('/', StringComparison.Ordinal) && !file.Source.Path.StartsWith("annotations/", StringComparison.OrdinalIgnoreCase)
            ? file.Source.Path[..file.Source.Path.LastIndexOf('/')] : "";
        string[] candidates = file.Split.Length > 0
            ? [own, file.Split, "images/" + file.Split, "images", "", "JPEGImages", "data", "train", "val", "test"]
            : [own, "images", "JPEGImages", "data", "train", "val", "test"];
        var best = candidates.Distinct().Select(folder => (folder, found: probes.Count(name => File.Exists(tree.FullPath(folder.Length > 0 ? folder + "/" + name : name))))).MaxBy(candidate => candidate.found);
        return best.found > 0 ? best.folder : file.Split;
    }
}
