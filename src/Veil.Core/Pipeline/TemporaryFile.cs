using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Veil.Pipeline;

/// <summary>
/// Names of files that are being written: <c>.NAME.0123456789abcdef.veil-tmp</c> beside their target, which they become by
/// rename. A process that is killed leaves one behind; these methods know it again.
/// </summary>
public static partial class TemporaryFile
{
    private const string Suffix = ".veil-tmp";
    private const int RandomBytes = 8;

    // Names may have 255 bytes on most file systems and 143 on encrypted ones.
    private const int LongestNameKept = 100;

    /// <summary>A new path beside a target.</summary>
    /// <param name="target">Full path of the file to be.</param>
    public static string For(string target) => Path.Combine(
        Path.GetDirectoryName(target) ?? "", Prefix(target) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes)) + Suffix);

    /// <summary>Writes a file that appears whole or not at all: whatever is thrown, nothing of it is left.</summary>
    /// <param name="target">Full path of the file to be; its folder is there.</param>
    /// <param name="existing">What happens to a file that is there when the new one is complete.</param>
    /// <param name="create">Makes the empty file at the path that it is given.</param>
    /// <param name="write">Fills it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string target, OverwritePolicy existing, Func<string, FileStream> create, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(write);
        var temporary = For(target);
        try
        {
            using (var file = create(temporary))
            {
                write(file);
            }

            File.Move(temporary, target, overwrite: existing == OverwritePolicy.Replace);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a file with the usual rights that appears whole or not at all.</summary>
    /// <param name="target">Full path of the file to be; its folder is there.</param>
    /// <param name="existing">What happens to a file that is there when the new one is complete.</param>
    /// <param name="write">Fills it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string target, OverwritePolicy existing, Action<Stream> write) =>
        Write(target, existing, static temporary => new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite), write);

    /// <summary>Deletes what was left of writing one target. Nobody may be writing it, or not for that long.</summary>
    /// <param name="target">Full path of the file to be.</param>
    /// <param name="age">Time since the last change; younger ones stay.</param>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be deleted.</exception>
    public static void RemoveFor(string target, TimeSpan age)
    {
        var prefix = Prefix(target);
        var youngest = DateTime.UtcNow - age;
        Remove(Path.GetDirectoryName(target)!, path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal) && File.GetLastWriteTimeUtc(path) <= youngest);
    }

    /// <summary>Deletes what killed runs left in a folder. No run may be writing there.</summary>
    /// <param name="folder">The folder; folders in it are not looked into. It need not exist.</param>
    /// <param name="kept">Full paths of those that stay; null for none.</param>
    /// <exception cref="IOException">Something cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">Something may not be deleted.</exception>
    public static void RemoveIn(string folder, IReadOnlyCollection<string>? kept = null) => Remove(folder, path => kept?.Contains(path) != true);

    private static void Remove(string folder, Func<string, bool> wanted)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.None };
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, ".*" + Suffix, options))
        {
            var name = Path.GetFileName(path);
            if (!Pattern().IsMatch(name) || !wanted(path))
            {
                continue;
            }

            // An output that was still being checked lies in a folder of that name.
            if (new DirectoryInfo(path) is { Exists: true, LinkTarget: null })
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
    }

    private static string Prefix(string target)
    {
        var kept = new StringBuilder(".");
        var bytes = 0;
        foreach (var rune in Path.GetFileName(target).EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > LongestNameKept)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.Append('.').ToString();
    }

    [GeneratedRegex(@"^\..+\.[0-9a-f]{16}\.veil-tmp$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
