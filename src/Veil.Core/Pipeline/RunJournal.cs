using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Veil.Errors;

namespace Veil.Pipeline;

/// <summary>
/// What a run has finished, one line of JSON per item, appended as it happens. Kept in the output folder it lets an
/// interrupted run go on where it stopped, and a repeated command add only what is new. Not thread-safe.
/// </summary>
/// <remarks>
/// Outputs appear by rename, so one that is there is whole; the journal tells whether it came from the same input with the
/// same options. A torn last line (power loss) is dropped: its item is done again.
/// </remarks>
public sealed class RunJournal : IDisposable
{
    private const int FirstBuffer = 1 << 16;
    private readonly FileStream? _file;
    private readonly List<byte[]> _memory = [];
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private readonly OutputNaming _naming;

    private RunJournal(FileStream? file, OutputNaming naming) => (_file, _naming) = (file, naming);

    /// <summary>Items recorded.</summary>
    public int Count => _entries.Count;

    /// <summary>The journal's place in an output folder.</summary>
    public static string PathIn(string outputFolder) => Path.Combine(outputFolder, ".veil-journal.jsonl");

    /// <summary>A journal that is not kept: for runs without an output folder.</summary>
    public static RunJournal InMemory() => new(null, OutputNaming.Keep);

    /// <summary>Opens or creates the journal of an output folder.</summary>
    /// <param name="outputFolder">The folder; created when missing.</param>
    /// <param name="optionsHash">Stands for everything that changes the output; another hash starts the journal afresh.</param>
    /// <param name="naming">What the journal may say of the inputs; null lets it name them.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>, also when another run holds it.</exception>
    public static RunJournal Open(string outputFolder, string optionsHash, OutputNaming? naming = null)
    {
        var path = PathIn(outputFolder);
        try
        {
            Directory.CreateDirectory(outputFolder);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new IOException($"'{path}' is a link, and what it leads to would be overwritten");
            }

            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                var journal = new RunJournal(file, naming ?? OutputNaming.Keep);
                journal.Load(optionsHash);
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
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The output folder '{outputFolder}' cannot be used: {error.Message}", "Choose a folder you may write to, that no other run is writing to.", error);
        }
    }

    /// <summary>True when the item was finished with these options, its input is the same file as then, and its output is there.</summary>
    public bool HasDone(PlannedItem planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return _entries.TryGetValue(planned.Item.ReportedName, out var entry)
            && entry.Done
            && entry.Input == _naming.StampOf(planned.Item, InputStamp(planned.Item.Path))
            && planned.Target is not null && File.Exists(planned.Target);
    }

    /// <summary>Records that an item is about to be worked on. What is at its target already is not this run's, and nothing is recorded.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>, e.g. when the disk is full.</exception>
    public void Begin(PlannedItem planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        if (_file is not null && planned.Target is { } target && !Path.Exists(target))
        {
            Append([.. JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["begun"] = planned.Item.ReportedName }), (byte)'\n']);
        }
    }

    /// <summary>
    /// True when an earlier run was killed amid this item: an output that is there is of that run, finished a moment before
    /// it could be recorded.
    /// </summary>
    public bool WasCutOff(PlannedItem planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return _begun.Contains(planned.Item.ReportedName);
    }

    /// <summary>Records a finished item, with its input as it was when work on it began.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>, e.g. when the disk is full.</exception>
    public void Add(ItemResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var stamp = _naming.StampOf(result.Item, result.InputStamp ?? InputStamp(result.Item.Path));
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("input", stamp);
            json.WritePropertyName("result");
            ItemResultJson.Write(json, result);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        var done = result.Status == ItemStatus.Done;
        if (_file is null)
        {
            _entries[result.Item.ReportedName] = new Entry(_memory.Count, 0, done, "");
            _memory.Add(buffer.WrittenSpan.ToArray());
        }
        else
        {
            _entries[result.Item.ReportedName] = new Entry(_file.Position, buffer.WrittenCount, done, stamp);
            Append(buffer.WrittenSpan);
        }
    }

    /// <summary>Every recorded result, by name, as the object that <see cref="ItemResultJson"/> wrote.</summary>
    public IEnumerable<JsonDocument> Results()
    {
        foreach (var (_, entry) in _entries.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            yield return JsonDocument.Parse(Line(entry));
        }

        _file?.Seek(0, SeekOrigin.End);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    /// <summary>Stands for a file's content at this moment: its size and time; empty when it is not there.</summary>
    /// <param name="path">The file.</param>
    public static string InputStamp(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? $"{info.Length}:{info.LastWriteTimeUtc.Ticks}" : "";
    }

    private ReadOnlyMemory<byte> Line(Entry entry)
    {
        if (_file is null)
        {
            return _memory[(int)entry.Offset];
        }

        var line = new byte[entry.Length];
        _file.Seek(entry.Offset, SeekOrigin.Begin);
        _file.ReadExactly(line);
        return line;
    }

    private void Append(ReadOnlySpan<byte> line)
    {
        try
        {
            _file!.Write(line);
            _file.Flush();
        }
        catch (IOException error)
        {
            throw new VeilException(
                VeilErrorCode.UnwritableOutput, "The journal of the run cannot be written: " + error.Message,
                "Make room on the disk; the same command goes on where this one stopped.", error);
        }
    }

    private void Load(string optionsHash)
    {
        var keep = LoadLines(optionsHash);
        _file!.SetLength(keep);
        _file.Seek(0, SeekOrigin.End);
        if (keep == 0)
        {
            _entries.Clear();
            _begun.Clear();
            Append([.. JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["options"] = optionsHash }), (byte)'\n']);
        }
    }

    /// <summary>Reads line by line, for a journal may be larger than memory; returns the length of the part that is sound.</summary>
    private long LoadLines(string optionsHash)
    {
        var buffer = new byte[FirstBuffer];
        var (keep, filled) = (0L, 0);
        while (true)
        {
            var read = _file!.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            var from = 0;
            for (int length; (length = buffer.AsSpan(from, filled - from).IndexOf((byte)'\n') + 1) > 0; from += length)
            {
                if (!TryLoadLine(buffer.AsMemory(from, length), keep, keep == 0, optionsHash))
                {
                    return keep;
                }

                keep += length;
            }

            if (read == 0)
            {
                return keep;
            }

            buffer.AsSpan(from, filled - from).CopyTo(buffer);
            filled -= from;
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, checked(buffer.Length * 2));
            }
        }
    }

    // Half a line is what power loss leaves, and a file may be anything: what comes before counts, the items after it are
    // done again.
    private bool TryLoadLine(ReadOnlyMemory<byte> line, long offset, bool first, string optionsHash)
    {
        if (!Utf8.IsValid(line.Span))
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (first)
            {
                return root.ValueKind == JsonValueKind.Object && Text(root, "options") == optionsHash;
            }

            if (root.ValueKind == JsonValueKind.Object && Text(root, "begun") is { } begun)
            {
                _begun.Add(begun);
                return true;
            }

            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Object
                || Text(result, "file") is not { } file || Text(result, "status") is not { } status || Text(root, "input") is not { } input)
            {
                return false;
            }

            _begun.Remove(file);
            _entries[file] = new Entry(offset, line.Length, status == "done", input);
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter is what escapes of half a character throw.
            return false;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private readonly record struct Entry(long Offset, int Length, bool Done, string Input);
}
