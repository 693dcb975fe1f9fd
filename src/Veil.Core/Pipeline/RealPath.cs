namespace Veil.Pipeline;

/// <summary>Paths with every link resolved, so that two names of one place compare equal. Remembers folders; not thread-safe.</summary>
public sealed class RealPath
{
    private const int MostLinks = 40;
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>The real path of a folder, as far as it exists; the rest is kept.</summary>
    /// <param name="path">Full path.</param>
    public string OfFolder(string path) => Resolve(Path.TrimEndingDirectorySeparator(path), 0);

    /// <summary>The file's name in its real folder; a link itself is not followed.</summary>
    /// <param name="path">Full path.</param>
    public string OfEntry(string path) => Path.Combine(OfFolder(Path.GetDirectoryName(path)!), Path.GetFileName(path));

    /// <summary>What a file's name leads to in the end: itself, or the last file of a chain of links.</summary>
    /// <param name="path">Full path.</param>
    public string OfFile(string path)
    {
        var entry = OfEntry(path);
        for (var links = 0; links <= MostLinks && new FileInfo(entry).LinkTarget is { } target; links++)
        {
            entry = OfEntry(Path.GetFullPath(target, Path.GetDirectoryName(entry)!));
        }

        return entry;
    }

    private string Resolve(string path, int links)
    {
        if (_folders.TryGetValue(path, out var known))
        {
            return known;
        }

        if (Path.GetDirectoryName(path) is not { } parent || links > MostLinks)
        {
            return path;
        }

        var real = Path.Combine(Resolve(parent, links), Path.GetFileName(path));
        if (new DirectoryInfo(real).LinkTarget is { } target)
        {
            real = Resolve(Path.TrimEndingDirectorySeparator(Path.GetFullPath(target, Path.GetDirectoryName(real)!)), links + 1);
        }

        _folders[path] = real;
        return real;
    }
}
