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
    private const int Version = 1;
    private readonly FileStream? _file;
    private readonly List<byte[]> _memory = [];
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private readonly OutputNaming _naming;

    // A sharded run owns its output folder: whatever is there is of this run.
    private bool _recordsBegun = true;
    private FileStream? _lock;

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
        try
        {
            Directory.CreateDirectory(outputFolder);
            return Open(PathIn(outputFolder), optionsHash, naming ?? OutputNaming.Keep, OtherRun.StartAfresh);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The output folder '{outputFolder}' cannot be used: {error.Message}", "Choose a folder you may write to, that no other run is writing to.", error);
        }
    }

    /// <summary>Opens or creates the journal of one shard. What another run left under its name is never touched.</summary>
    /// <param name="path">Full path; its folder is there.</param>
    /// <param name="runHash">Stands for the run and the shard.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.UnwritableOutput"/>, also when another process holds it; <see cref="VeilErrorCode.InvalidOption"/>: it is another run's.
    /// </exception>
    public static RunJournal OpenShard(string path, string runHash)
    {
        try
        {
            // Locked by a file beside it, so that others may read the journal meanwhile.
            var held = new FileStream(LockOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            try
            {
                var journal = Open(path, runHash, OutputNaming.Keep, OtherRun.Refuse);
                (journal._recordsBegun, journal._lock) = (false, held);
                return journal;
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The journal '{path}' cannot be used: {error.Message}", "Check that you may write there, and that no other process works on this shard.", error);
        }
    }

    /// <summary>The file whose lock says that a process has a shard's journal open.</summary>
    /// <param name="path">The journal.</param>
    internal static string LockOf(string path) => path + ".lock";

    private static RunJournal Open(string path, string hash, OutputNaming naming, OtherRun other)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new IOException($"'{path}' is a link, and what it leads to would be overwritten");
        }

        // Unbuffered: a line is one write, and on a full disk nothing is left that closing would try to write again.
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, other == OtherRun.Refuse ? FileShare.ReadWrite : FileShare.None, bufferSize: 0);
        try
        {
            var journal = new RunJournal(file, naming);
            journal.Load(hash, other);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>True when the item was finished with these options, its input is the same file as then, and its output is there.</summary>
    public bool HasDone(PlannedItem planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return _entries.TryGetValue(planned.Item.ReportedName, out var entry)
            && entry.Done
            && entry.Input == _naming.StampOf(planned.Item, InputStamp(planned.Item.Path))
            && planned.Target is not null
            && new FileInfo(planned.Target) is { Exists: true } output
            && (entry.Bytes is not { } bytes || output.Length == bytes);
    }

    /// <summary>Records that an item is about to be worked on. What is at its target already is not this run's, and nothing is recorded.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>, e.g. when the disk is full.</exception>
    public void Begin(PlannedItem planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        if (_file is not null && _recordsBegun && planned.Target is { } target && !Path.Exists(target))
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
            if (result.Item.Number is { } number)
            {
                // First in the line, so that whoever counts need not read on.
                json.WriteNumber("index", number);
                json.WriteString("state", result.Status == ItemStatus.Done ? "done" : "failed");
            }

            json.WriteString("input", stamp);
            if (result.Output is { } output)
            {
                json.WriteNumber("bytes", output.Bytes);
                json.WriteString("sha256", output.Sha256);
            }

            json.WritePropertyName("result");
            ItemResultJson.Write(json, result);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        var done = result.Status == ItemStatus.Done;
        if (_file is null)
        {
            _entries[result.Item.ReportedName] = new Entry(_memory.Count, 0, done, "", null);
            _memory.Add(buffer.WrittenSpan.ToArray());
        }
        else
        {
            _entries[result.Item.ReportedName] = new Entry(_file.Position, buffer.WrittenCount, done, stamp, result.Output?.Bytes);
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
    public void Dispose()
    {
        _file?.Dispose();
        _lock?.Dispose();
    }

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

    private void Load(string hash, OtherRun other)
    {
        var lines = new LineReader(_file!);
        var keep = 0L;
        if (lines.TryRead(out var line))
        {
            if (IsHeader(line, hash))
            {
                for (keep = lines.End; lines.TryRead(out line) && TryLoadLine(line, lines.Offset);)
                {
                    keep = lines.End;
                }
            }
            else if (other == OtherRun.Refuse)
            {
                throw new VeilException(
                    VeilErrorCode.InvalidOption, $"The journal '{_file!.Name}' is of another run, or of another version of Veil.", "Nothing was changed. Choose another output folder, or take that file away to do its pictures again.");
            }
        }

        _file!.SetLength(keep);
        _file.Seek(0, SeekOrigin.End);
        if (keep == 0)
        {
            Append([.. JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["options"] = hash, ["version"] = Version }), (byte)'\n']);
        }
    }

    private static bool IsHeader(ReadOnlyMemory<byte> line, string hash)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object && Text(json.RootElement, "options") == hash
                && (!json.RootElement.TryGetProperty("version", out var version) || (version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number == Version));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    // Half a line is what power loss leaves, and a file may be anything: what comes before counts, the items after it are
    // done again.
    private bool TryLoadLine(ReadOnlyMemory<byte> line, long offset)
    {
        if (!Utf8.IsValid(line.Span))
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
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
            _entries[file] = new Entry(offset, line.Length, status == "done", input, root.TryGetProperty("bytes", out var bytes) && bytes.TryGetInt64(out var length) ? length : null);
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

    /// <summary>What becomes of a journal that another run left.</summary>
    private enum OtherRun
    {
        StartAfresh,
        Refuse,
    }

    private readonly record struct Entry(long Offset, int Length, bool Done, string Input, long? Bytes);
}
