namespace Veil.Studio.Starting;

/// <summary>A folder of this machine, as the folder browser shows it. Hidden folders are left out.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Parent">The folder above; null at the top.</param>
/// <param name="Folders">Full paths of the folders in it, by name; empty where it may not be read.</param>
/// <param name="Pictures">Pictures in it, without those further down.</param>
/// <param name="Films">Films in it, likewise.</param>
/// <param name="Access">Whether it could be read.</param>
internal sealed record LocalFolder(string Path, string? Parent, IReadOnlyList<string> Folders, int Pictures, int Films, FolderAccess Access)
{
    private const string JsonEnding = ".json";

    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };

    /// <summary>The user's home folder.</summary>
    public static string Home { get; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home ? home : System.IO.Path.GetPathRoot(Environment.CurrentDirectory)!;

    /// <summary>Full paths of JSON files in it, by name.</summary>
    public IReadOnlyList<string> Json { get; private init; } = [];

    /// <summary>Its name; the whole path at the top.</summary>
    public string Name => NameOf(Path);

    /// <summary>Looks into a folder.</summary>
    public static LocalFolder Read(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        var parent = System.IO.Path.GetDirectoryName(path);
        try
        {
            var (pictures, films, json) = (0, 0, new List<string>());
            foreach (var file in Directory.EnumerateFiles(path, "*", Visible))
            {
                pictures += MediaNames.IsPicture(file) ? 1 : 0;
                films += MediaNames.IsFilm(file) ? 1 : 0;
                if (System.IO.Path.GetExtension(file).Equals(JsonEnding, StringComparison.OrdinalIgnoreCase))
                {
                    json.Add(file);
                }
            }

            string[] folders = [.. Directory.EnumerateDirectories(path, "*", Visible).OrderBy(NameOf, StringComparer.OrdinalIgnoreCase)];
            return new LocalFolder(path, parent, folders, pictures, films, FolderAccess.Read) { Json = [.. json.OrderBy(NameOf, StringComparer.OrdinalIgnoreCase)] };
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            return new LocalFolder(path, parent, [], 0, 0, FolderAccess.Refused);
        }
    }

    /// <summary>A folder's name; the whole path at the top.</summary>
    public static string NameOf(string path) => System.IO.Path.GetFileName(path) is { Length: > 0 } name ? name : path;
}

/// <summary>Whether a folder could be read.</summary>
internal enum FolderAccess
{
    /// <summary>It could.</summary>
    Read,

    /// <summary>It is gone, or not this user's to read.</summary>
    Refused,
}
