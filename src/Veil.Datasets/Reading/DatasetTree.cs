using Veil.Pipeline;

namespace Veil.Datasets.Reading;

/// <summary>A file below a dataset's root.</summary>
/// <param name="Path">Below the root, with forward slashes.</param>
/// <param name="FullPath">Where it lies.</param>
internal readonly record struct TreeFile(string Path, string FullPath)
{
    /// <summary>Its name without folders.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The folders above it, below the root.</summary>
    public string[] Folders => Path.Split('/')[..^1];
}

/// <summary>The files below a root, in ordinal order of their paths; holds one folder's names at a time. Hidden ones are left out.</summary>
/// <param name="root">Full path.</param>
/// <param name="report">Takes folders that cannot be searched.</param>
internal sealed class DatasetTree(string root, ProblemReporter report)
{
    private const char Replacement = '\uFFFD';

    public string Root { get; } = root;

    /// <summary>Every file. A new search each time.</summary>
    public IEnumerable<TreeFile> Files() => Files(Root, "", []);

    /// <summary>Files below one folder of the root; none where it is not there.</summary>
    public IEnumerable<TreeFile> Files(string folder)
    {
        var full = FullPath(folder);
        return Directory.Exists(full) ? Files(full, folder + "/", []) : [];
    }

    /// <summary>Where a path below the root lies.</summary>
    public string FullPath(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    private IEnumerable<TreeFile> Files(string folder, string prefix, IReadOnlyList<string> above)
    {
        var real = new RealPath().OfFolder(folder);
        if (above.Contains(real))
        {
            report.Error(DatasetProblemKind.UnsafeName, new DatasetPlace(prefix.TrimEnd('/')), "Expected a folder, but it is a link to one that contains it.");
            yield break;
        }

        IReadOnlyList<string> path = [.. above, real];
        foreach (var (name, isFolder) in List(folder, prefix))
        {
            var full = Path.Combine(folder, name);
            if (name.Contains(Replacement, StringComparison.Ordinal) && !Path.Exists(full))
            {
                report.Error(DatasetProblemKind.UnsafeName, new DatasetPlace(prefix + name), "Expected a name in UTF-8, but it has bytes that are no characters.");
            }
            else if (isFolder)
            {
                foreach (var file in Files(full, prefix + name + "/", path))
                {
                    yield return file;
                }
            }
            else
            {
                yield return new TreeFile(prefix + name, full);
            }
        }
    }

    private List<(string Name, bool IsFolder)> List(string folder, string prefix)
    {
        var entries = new List<(string Name, bool IsFolder)>();
        try
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }))
            {
                if (entry.Name[0] != '.')
                {
                    entries.Add((entry.Name, entry is DirectoryInfo || (entry.LinkTarget is not null && Directory.Exists(entry.FullName))));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report.Error(DatasetProblemKind.Malformed, new DatasetPlace(prefix.Length == 0 ? "." : prefix), "The folder cannot be searched: " + error.Message);
        }

        // A folder's files stand where its name with the separator would: paths come in ordinal order over all folders.
        entries.Sort(static (a, b) => string.CompareOrdinal(a.IsFolder ? a.Name + "/" : a.Name, b.IsFolder ? b.Name + "/" : b.Name));
        return entries;
    }
}
