using System.IO.Enumeration;
using Veil.Pipeline;
using Veil.Pipeline.Verification;

namespace Veil.Engine.Verification;

/// <summary>What lies in an output folder and is passed over as input: hidden entries and links to folders. Whoever hands the folder on hands them on, too.</summary>
internal static class HiddenOutputs
{
    /// <summary>A verdict on each: nobody looked at it.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="leftOut">Full path of a folder that is no part of it; empty for none.</param>
    public static IEnumerable<KeyValuePair<string, OutputVerification>> Find(string folder, string leftOut)
    {
        var entries = new FileSystemEnumerable<(string Path, bool IsHidden, bool IsFolder)>(
            folder,
            (ref FileSystemEntry entry) => (entry.ToFullPath(), IsHidden(ref entry), entry.IsDirectory),
            new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true, RecurseSubdirectories = true })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => IsHidden(ref entry) || IsLinkToFolder(ref entry),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsHidden(ref entry) && !IsLinkToFolder(ref entry) && entry.ToFullPath() != leftOut,
        };
        foreach (var (path, isHidden, isFolder) in entries)
        {
            if (path != leftOut && path != RunJournal.PathIn(folder))
            {
                yield return new(Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'), new OutputVerification(
                    [new OutputFinding("completeness", FindingTone.Unchecked, isHidden ? $"a hidden {(isFolder ? "folder" : "file")} lies among the outputs, and nobody looked at it" : "a link among the outputs leads to another folder, and nobody looked there")]));
            }
        }
    }

    private static bool IsHidden(ref FileSystemEntry entry) => entry.FileName[0] == '.';

    private static bool IsLinkToFolder(ref FileSystemEntry entry) => entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}
