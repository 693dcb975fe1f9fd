using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>Files that only their owner may read, and that appear whole or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file beside its place and renames it.</summary>
    /// <param name="path">Full path; its folder is there.</param>
    /// <param name="write">Fills it.</param>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = TemporaryFile.For(path);
        try
        {
            using (var file = Create(temporary))
            {
                write(file);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes a new file.</summary>
    /// <param name="path">Full path; nothing is there.</param>
    public static FileStream Create(string path) => Open(path, FileMode.CreateNew);

    /// <summary>Opens a file to write to, for this process alone.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="mode">Whether it may be there.</param>
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
