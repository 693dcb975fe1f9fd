using Veil.Pipeline;
using Veil.Studio.Api.Errors;

namespace Veil.Studio.Api.Work;

/// <summary>The folders of this machine from which jobs may take originals. Every link is resolved before a path is compared.</summary>
internal sealed class AllowedRoots
{
    private readonly IReadOnlyList<string> _roots;

    /// <summary>Resolves the folders.</summary>
    public AllowedRoots(IReadOnlyList<string> roots)
    {
        var real = new RealPath();
        _roots = [.. roots.Select(root => real.OfFolder(Path.GetFullPath(root)))];
    }

    /// <summary>The real path of what a request names.</summary>
    /// <param name="path">A full path.</param>
    /// <returns>A file or a folder within a root.</returns>
    /// <exception cref="ApiException"><see cref="ApiErrors.PathNotAllowed"/>: anything else; what is outside is not told from what is not there.</exception>
    public string Require(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal) || !Path.IsPathFullyQualified(path) || Path.GetDirectoryName(Path.GetFullPath(path)) is null)
        {
            throw Refused();
        }

        var real = new RealPath().OfFile(Path.GetFullPath(path));
        if (Directory.Exists(real))
        {
            real = new RealPath().OfFolder(real);
        }

        return IsWithin(real) && FileKinds.Of(real) is FileKind.Regular or FileKind.Folder ? real : throw Refused();
    }

    /// <summary>True when a path found in a folder leads to a regular file within a root.</summary>
    public bool Allows(string path)
    {
        var real = new RealPath().OfFile(path);
        return IsWithin(real) && FileKinds.Of(real) == FileKind.Regular;
    }

    private bool IsWithin(string real) => _roots.Any(root => real == root || real.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    private static ApiException Refused() => new(ApiErrors.PathNotAllowed, "Expected a file or folder within an allowed root, but the path leads to none.");
}
