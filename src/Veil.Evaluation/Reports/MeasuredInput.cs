using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using Veil.Errors;

namespace Veil.Evaluation.Reports;

/// <summary>A folder or file that was measured on.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="Files">Files in it that took part.</param>
/// <param name="Sha256">Of one line per file in the order of names, ordinal: its path below the folder with slashes, a tab, the hash of its content, a newline. Lower-case hexadecimal.</param>
public sealed record MeasuredInput(string Path, int Files, string Sha256)
{
    /// <summary>A file, or a folder with everything in it; hidden files and folders, and folders reached by links, are left out.</summary>
    /// <param name="path">As the user gave it.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>.</exception>
    public static MeasuredInput Of(string path, CancellationToken cancel = default) => Of(path, File.Exists(path) ? [path] : All(path), cancel);

    /// <summary>The files of a folder that took part. Reads each once, in constant memory.</summary>
    /// <param name="path">The folder as the user gave it; of a single file, the file.</param>
    /// <param name="files">Paths of files in it, each counted once; relative ones are relative to the working directory.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>.</exception>
    public static MeasuredInput Of(string path, IEnumerable<string> files, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(files);
        var folder = File.Exists(path) ? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))! : path;
        var named = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            named[System.IO.Path.GetRelativePath(folder, file).Replace(System.IO.Path.DirectorySeparatorChar, '/')] = file;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, file) in named)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\t{HashOf(file)}\n"));
        }

        return new MeasuredInput(path, named.Count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string HashOf(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"'{file}' cannot be read: {error.Message}", "", error);
        }
    }

    private static IEnumerable<string> All(string folder)
    {
        try
        {
            return [.. new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false })
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
                ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            }];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"'{folder}' cannot be read: {error.Message}", "", error);
        }
    }
}
