using System.Security.Cryptography;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Cli.Options;

/// <summary>
/// The secret that names are hashed with. Names come from small sets (IMG_0001, given names), so a hash without a secret
/// could be undone by trying them all.
/// </summary>
internal static class NameKey
{
    private const int Shortest = 32;

    /// <summary>Where the key of this user is kept.</summary>
    public static string PathOfUser => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "veil", "names.key");

    /// <summary>The key of this user, made at first use, readable by nobody else.</summary>
    public static byte[] OfUser()
    {
        var path = PathOfUser;
        if (!File.Exists(path))
        {
            Make(path);
        }

        return Read(path);
    }

    public static byte[] Read(string path)
    {
        try
        {
            var key = File.ReadAllBytes(path);
            return key.Length >= Shortest ? key : throw new VeilException(
                VeilErrorCode.InvalidOption, $"The name key '{path}' has {key.Length} bytes; {Shortest} or more are expected.", $"Make one with: head -c {Shortest} /dev/urandom > FILE");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"The name key '{path}' cannot be read: {error.Message}", "Check the path given to --name-key.", error);
        }
    }

    // Written aside and put in place by a rename that does not replace: of two runs at once both take the first one's key.
    private static void Make(string path)
    {
        var temporary = path + "." + Path.GetRandomFileName();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            using (var file = new FileStream(temporary, options.ForOwnerAlone()))
            {
                file.Write(RandomNumberGenerator.GetBytes(Shortest));
            }

            try
            {
                File.Move(temporary, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(temporary);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"A name key cannot be made at '{path}': {error.Message}", "Name one with --name-key.", error);
        }
    }
}
