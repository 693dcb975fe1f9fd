using System.Text.Json;
using Veil.Errors;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Keys;

/// <summary>
/// The keys of a data folder, in a file that only its owner can read. A server sees within a second what another process changed:
/// revoking a key needs no restart. Thread-safe.
/// </summary>
internal sealed class ApiKeyFile
{
    private const string FileName = "keys.json";
    private const int LongestName = 64;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private List<ApiKey> _keys = [];
    private long? _read;

    /// <summary>Opens the folder, or makes it.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnsafeFolder"/>: others can look into it.</exception>
    public ApiKeyFile(string dataFolder, TimeProvider time) => (_path, _time) = (Path.Combine(PrivateFolder.Open(dataFolder), FileName), time);

    /// <summary>All keys, revoked ones too.</summary>
    public IReadOnlyList<ApiKey> List() => Read();

    /// <summary>How many keys open anything now.</summary>
    public int CountValid() => Read().Count(key => key.IsValid(_time.GetUtcNow()));

    /// <summary>The valid key that a text is; null when it is none.</summary>
    public ApiKey? Find(string text)
    {
        if (ApiKeyText.Parse(text) is not { } shown)
        {
            return null;
        }

        // One that was made this moment is not known yet.
        var kept = Current().FirstOrDefault(key => key.Id == shown.Id) ?? Read().FirstOrDefault(key => key.Id == shown.Id);
        return kept is not null && shown.Opens(kept) && kept.IsValid(_time.GetUtcNow()) ? kept : null;
    }

    /// <summary>Makes a key.</summary>
    /// <param name="name">Who uses it; letters, digits, spaces, <c>. _ -</c> and <c>@</c>. No two valid keys have one name.</param>
    /// <param name="lifetime">How long it is valid; null for ever.</param>
    /// <returns>The key, which is nowhere else from now on.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>.</exception>
    public ApiKeyText Add(string name, TimeSpan? lifetime)
    {
        if (name.Length is 0 or > LongestName || !name.All(letter => char.IsLetterOrDigit(letter) || " ._-@".Contains(letter, StringComparison.Ordinal)))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Expected a name of 1 to {LongestName} letters, digits, spaces, '.', '_', '-' or '@', but received '{name}'.");
        }

        var text = ApiKeyText.Draw();
        Change(keys =>
        {
            var now = _time.GetUtcNow();
            if (keys.Any(key => key.Name == name && key.IsValid(now)))
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"There is a key '{name}' already.", "Choose another name, or revoke that one first.");
            }

            keys.Add(text.Seal(name, now, lifetime is null ? null : now + lifetime));
        });
        return text;
    }

    /// <summary>Makes a key useless, at once and for good.</summary>
    /// <param name="name">Its name or id.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: there is no such valid key.</exception>
    public void Revoke(string name) => Change(keys =>
    {
        var now = _time.GetUtcNow();
        var at = keys.FindIndex(key => (key.Name == name || key.Id == name) && key.Revoked is null);
        if (at < 0)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"There is no key '{name}'.", "'veil serve keys list' shows those that there are.");
        }

        keys[at] = keys[at] with { Revoked = now };
    });

    private List<ApiKey> Current()
    {
        lock (_gate)
        {
            if (_read is not { } then || _time.GetElapsedTime(then) >= Fresh)
            {
                (_keys, _read) = (Read(), _time.GetTimestamp());
            }

            return _keys;
        }
    }

    private List<ApiKey> Read() => Guarded(() =>
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(_path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            throw new VeilException(VeilErrorCode.UnsafeFolder, "The file of API keys can be read or changed by others on this machine.", $"Run chmod 600 '{_path}'.");
        }

        using var stream = File.OpenRead(_path);
        return JsonSerializer.Deserialize(stream, ApiKeyJson.Default.ListApiKey) ?? [];
    });

    // A lock of its own, since the file itself is replaced: two processes that change it follow each other.
    private void Change(Action<List<ApiKey>> change) => Guarded(() =>
    {
        using var only = Hold();
        var keys = Read();
        change(keys);
        var next = _path + ".next";
        using (var file = PrivateFolder.CreateFile(next, FileMode.Create))
        {
            JsonSerializer.Serialize(file, keys, ApiKeyJson.Default.ListApiKey);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
        lock (_gate)
        {
            _read = null;
        }

        return true;
    });

    private FileStream Hold()
    {
        for (var patience = 100; ; patience--)
        {
            try
            {
                return PrivateFolder.CreateFile(_path + ".lock", FileMode.OpenOrCreate);
            }
            catch (IOException) when (patience > 0)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (JsonException error)
        {
            throw new VeilException(VeilErrorCode.StoreUnavailable, "The file of API keys cannot be understood.", "Restore it from a backup, or delete it and make new keys.", error);
        }
        catch (Exception error) when (StorageErrors.IsStorage(error))
        {
            throw StorageErrors.Translate(error);
        }
    }
}
