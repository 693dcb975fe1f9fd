using System.IO.Enumeration;
using Veil.Errors;

namespace Veil.Pipeline;

/// <summary>
/// Finds the files below a folder. Links to folders are not followed: they can lead out of the folder that was meant, or
/// round in circles. Hidden entries (a dot first) are passed over. What cannot be searched or named is told, not skipped.
/// </summary>
internal static class FolderSearch
{
    private const char Replacement = '\uFFFD';

    /// <summary>Every file and every problem, in the order of the file system.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="leftOut">A folder that is not searched; null for none.</param>
    public static IEnumerable<FoundFile> Find(string folder, string? leftOut)
    {
        var pending = new Stack<string>([folder]);
        while (pending.TryPop(out var current))
        {
            var (entries, failure) = List(current);
            if (failure is not null)
            {
                yield return new FoundFile(current + Path.DirectorySeparatorChar, failure);
                continue;
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (path, isFolder, isLink) in entries)
            {
                if (HasUnreadableName(path) && (!Path.Exists(path) || !seen.Add(path)))
                {
                    yield return new FoundFile(path, Problem(
                        "Expected a name in UTF-8, but it has bytes that are no characters.", "Rename it, e.g. with convmv; nothing of it was read."));
                }
                else if (!isFolder)
                {
                    yield return new FoundFile(path, null);
                }
                else if (!isLink && path != leftOut)
                {
                    pending.Push(path);
                }
            }
        }
    }

    private static bool HasUnreadableName(string path) => Path.GetFileName(path.AsSpan()).Contains(Replacement);

    private static (IReadOnlyList<Entry> Entries, ItemError? Failure) List(string folder)
    {
        try
        {
            return ([.. new FileSystemEnumerable<Entry>(
                folder,
                (ref FileSystemEntry entry) => new Entry(entry.ToFullPath(), entry.IsDirectory, entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) != 0),
                new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false })
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.FileName[0] != '.',
            }], null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ([], Problem("The folder cannot be searched: " + error.Message, "Check that you may read it; its files were not touched."));
        }
    }

    private static ItemError Problem(string message, string hint) => new(nameof(VeilErrorCode.UnreadableInput), "search", message, hint);

    private readonly record struct Entry(string Path, bool IsFolder, bool IsLink);
}

/// <summary>A file found in a folder, or what could not be looked at.</summary>
/// <param name="Path">Full path; of a folder with a separator at its end.</param>
/// <param name="Problem">Why it cannot be an input; null when it can.</param>
internal readonly record struct FoundFile(string Path, ItemError? Problem);
