using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Studio.Films.Previews;

/// <summary>
/// Pieces of one film in a private folder, each named by a hash of all that it shows: one that is there is never out of date, and undoing an edit
/// finds the one that was made before.
/// </summary>
internal sealed class PieceFiles
{
    private const int KeyLength = 32;

    private readonly string _folder;

    /// <summary>Opens or makes the folder.</summary>
    /// <param name="films">The project's folder for films.</param>
    /// <param name="item">Id of the film.</param>
    public PieceFiles(string films, string item)
    {
        _folder = Path.Combine(films, item);
        PrivateFolder.Ensure(_folder);
    }

    /// <summary>The file of a piece; null where there is none, or where this is no key.</summary>
    public string? Find(string key) => key.Length == KeyLength && key.All(char.IsAsciiHexDigitLower) && PathOf(key) is var path && File.Exists(path) ? path : null;

    /// <summary>Keeps a piece; it appears whole or not at all.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>.</exception>
    public void Write(string key, byte[] bytes)
    {
        var (path, draft) = (PathOf(key), PathOf(Path.GetRandomFileName()));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        try
        {
            using (var file = new FileStream(draft, options.ForOwnerAlone()))
            {
                file.Write(bytes);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"A preview cannot be kept: {error.Message}", "See whether the disk is full.", error);
        }
    }

    /// <summary>Deletes all pieces but some.</summary>
    public void KeepOnly(IReadOnlySet<string> keys)
    {
        foreach (var path in Directory.EnumerateFiles(_folder).Where(path => !keys.Contains(Path.GetFileNameWithoutExtension(path))).ToList())
        {
            File.Delete(path);
        }
    }

    private string PathOf(string key) => Path.Combine(_folder, key + ".mp4");
}
