using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Veil.Errors;

namespace Veil.Evaluation.Runs;

/// <summary>
/// What a long evaluation has measured so far, one line of JSON for each unit, so that an interrupted one goes on where it stopped.
/// Thread-safe.
/// </summary>
/// <remarks>
/// A unit's key names everything that its result depends on beside the journal's own identity: the treatment, the seed, the
/// network. A torn last line (power loss) is dropped, and its unit measured again.
/// </remarks>
public sealed class MeasurementJournal : IDisposable
{
    private readonly FileStream? _file;
    private readonly Dictionary<string, JsonElement> _known = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private MeasurementJournal(FileStream? file) => _file = file;

    /// <summary>Units measured so far, by this start and earlier ones.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _known.Count;
            }
        }
    }

    /// <summary>A journal that is not kept.</summary>
    public static MeasurementJournal InMemory() => new(null);

    /// <summary>Opens or creates a journal, for one process at a time.</summary>
    /// <param name="path">Its file; the folder is made when missing.</param>
    /// <param name="identity">Stands for all that every unit depends on: inputs by their hashes, models by theirs, settings, version. Another identity starts afresh.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>, also when another process holds it.</exception>
    public static MeasurementJournal Open(string path, string identity)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(identity);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new IOException($"'{path}' is a link, and what it leads to would be overwritten");
            }

            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            try
            {
                var journal = new MeasurementJournal(file);
                journal.Load(identity);
                return journal;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"What was measured cannot be kept in '{path}': {error.Message}", "Choose a folder you may write to, that no other run is writing to.", error);
        }
    }

    /// <summary>What an earlier start measured.</summary>
    /// <typeparam name="T">Of the result.</typeparam>
    /// <param name="key">The unit.</param>
    /// <param name="type">How a result is read.</param>
    /// <returns>Null when it was not measured.</returns>
    public T? Find<T>(string key, JsonTypeInfo<T> type)
        where T : class
    {
        lock (_gate)
        {
            return _known.TryGetValue(key, out var value) ? value.Deserialize(type) : null;
        }
    }

    /// <summary>Records a unit; it is on its way to the disk when this returns.</summary>
    /// <typeparam name="T">Of the result.</typeparam>
    /// <param name="key">The unit.</param>
    /// <param name="result">What was measured.</param>
    /// <param name="type">How a result is written.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>, e.g. when the disk is full.</exception>
    public void Add<T>(string key, T result, JsonTypeInfo<T> type)
        where T : class
    {
        var value = JsonSerializer.SerializeToElement(result, type);
        lock (_gate)
        {
            _known[key] = value;
            Append(new JournalLine(key, value));
        }
    }

    /// <summary>What an earlier start measured or, if none did, what is measured now.</summary>
    /// <typeparam name="T">Of the result.</typeparam>
    /// <param name="key">The unit.</param>
    /// <param name="type">How a result is read and written.</param>
    /// <param name="measure">Measures it.</param>
    /// <exception cref="VeilException">As <see cref="Add"/>, and what <paramref name="measure"/> throws.</exception>
    public T GetOrMeasure<T>(string key, JsonTypeInfo<T> type, Func<T> measure)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(measure);
        if (Find(key, type) is { } known)
        {
            return known;
        }

        var result = measure();
        Add(key, result, type);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Load(string identity)
    {
        var bytes = new byte[_file!.Length];
        _file.ReadExactly(bytes);
        var (start, whole) = (0, 0);
        for (var end = Array.IndexOf(bytes, (byte)'\n'); end >= 0; end = Array.IndexOf(bytes, (byte)'\n', start))
        {
            if (Read(bytes.AsSpan(start, end - start)) is not { } line || (start == 0 && (line.Key != "identity" || line.Value.GetString() != identity)))
            {
                break;
            }

            if (start > 0)
            {
                _known[line.Key] = line.Value;
            }

            start = whole = end + 1;
        }

        _file.SetLength(whole);
        _file.Position = whole;
        if (whole == 0)
        {
            Append(new JournalLine("identity", JsonSerializer.SerializeToElement(identity, JournalJson.Default.String)));
        }
    }

    private static JournalLine? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalLine) is { Key: not null } read && read.Value.ValueKind != JsonValueKind.Undefined ? read : null;
        }
        catch (JsonException)
        {
            return null; // Torn, or not ours: what follows is measured again.
        }
    }

    private void Append(JournalLine line)
    {
        if (_file is null)
        {
            return;
        }

        try
        {
            _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, JournalJson.Default.JournalLine), (byte)'\n']);
        }
        catch (IOException error)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"What was measured cannot be kept in '{_file.Name}': {error.Message}", "Make room on the disk; the same command then goes on.", error);
        }
    }
}
