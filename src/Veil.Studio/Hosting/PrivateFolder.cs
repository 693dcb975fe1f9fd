using Veil.Errors;

namespace Veil.Studio.Hosting;

/// <summary>Folders that only their owner may look into.</summary>
internal static class PrivateFolder
{
    /// <summary>Makes a folder for its owner alone, or takes everybody else's rights off one that is there.</summary>
    /// <exception cref="VeilException">It cannot be made, or belongs to somebody else.</exception>
    public static void Ensure(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return;
            }

            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(folder, owner);
            File.SetUnixFileMode(folder, owner);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The folder '{folder}' cannot be made or kept to yourself: {error.Message}", "Name another with --data.", error);
        }
    }
}
