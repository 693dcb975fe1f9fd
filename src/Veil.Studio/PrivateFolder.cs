using System.Runtime.InteropServices;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Studio;

/// <summary>
/// Folders and files that nobody else on the machine may read, from the moment that they are there. Windows has no such bits: there
/// what is below the user's profile is private.
/// </summary>
internal static partial class PrivateFolder
{
    private const int NothingForOthers = 0b000_111_111;

    /// <summary>
    /// Makes everything that this process and those it starts will write private to their user, also what encoders and codecs open by
    /// themselves. For programs that serve alone: it holds for the whole process.
    /// </summary>
    public static void KeepAllFilesPrivate()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetCreationMask(NothingForOthers);
        }
    }

    /// <summary>Makes a folder, and those above it that are missing; leaves one that is there as it is.</summary>
    /// <returns>Its path.</returns>
    public static string Create(string path)
    {
        // The system gives the mode to the last folder alone; those above it would be open to all.
        if (!OperatingSystem.IsWindows() && Path.GetDirectoryName(Path.GetFullPath(path)) is { } above && !Directory.Exists(above))
        {
            Create(above);
        }

        OwnerAlone.CreateFolder(path);
        return path;
    }

    /// <summary>Makes a folder where there is none, and refuses one that others may look into.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnsafeFolder"/>.</exception>
    public static string Open(string path)
    {
        Create(path);
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & ~OwnerAlone.FolderRights) != 0)
        {
            throw new VeilException(
                VeilErrorCode.UnsafeFolder,
                $"Expected a folder that only its owner can open (mode 700), but '{path}' has mode {Convert.ToString((int)mode, 8)}: others on this machine could see the originals.",
                $"Run chmod 700 '{path}', or choose another folder.");
        }

        return path;
    }

    /// <summary>Makes a folder where there is none, or takes everybody else's rights off one that is there.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: it cannot be made, or belongs to somebody else.</exception>
    public static void Ensure(string folder)
    {
        try
        {
            OwnerAlone.CreateFolder(folder);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder, OwnerAlone.FolderRights);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The folder '{folder}' cannot be made or kept to yourself: {error.Message}", "Name another with --data.", error);
        }
    }

    /// <summary>Opens a file for writing; it is made so that only its owner can read it.</summary>
    public static FileStream CreateFile(string path, FileMode mode = FileMode.CreateNew, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, Options = FileOptions.Asynchronous };
        return new FileStream(path, mode == FileMode.Open ? options : options.ForOwnerAlone());
    }

    /// <summary>Deletes a folder with all that is in it, if it is there. Symbolic links are deleted, what they lead to stays.</summary>
    public static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process was first: it is gone, as was asked.
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetCreationMask(uint mask);
}
