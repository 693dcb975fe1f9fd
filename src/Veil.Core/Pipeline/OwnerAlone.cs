namespace Veil.Pipeline;

/// <summary>
/// Files and folders that nobody else on the machine may read, from the moment that they are there. Windows has no such bits:
/// there what is below the user's profile is private.
/// </summary>
public static class OwnerAlone
{
    /// <summary>Mode of a file: 600.</summary>
    public const UnixFileMode FileRights = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Mode of a folder: 700.</summary>
    public const UnixFileMode FolderRights = FileRights | UnixFileMode.UserExecute;

    /// <summary>Gives a file that is made its owner's rights alone; one that is there keeps its own.</summary>
    /// <param name="options">How it is opened; not <see cref="FileMode.Open"/>, which makes none. They are changed.</param>
    /// <returns>The options.</returns>
    public static FileStreamOptions ForOwnerAlone(this FileStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileRights;
        }

        return options;
    }

    /// <summary>Makes a folder for its owner alone; leaves one that is there as it is. Those above it that are missing get the usual rights.</summary>
    /// <param name="path">The folder.</param>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderRights);
        }
    }
}
