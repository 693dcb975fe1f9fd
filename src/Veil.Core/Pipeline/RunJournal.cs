using System.Buffers;
using System.Text.Json;
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
    private readonly FileStream? _file;
    private readonly List<byte[]> _memory = [];
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
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            var journal = new RunJournal(file, naming ?? OutputNaming.Keep);
            journal.Load(optionsHash);
            return journal;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
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
            && entry.Input == _naming.StampOf(planned.Item)
            && planned.Target is not null && File.Exists(planned.Target);
    }

    /// <summary>Records a finished item.</summary>
    public void Add(ItemResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var stamp = _naming.StampOf(result.Item);
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
            _file.Write(buffer.WrittenSpan);
            _file.Flush();
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

    private void Load(string optionsHash)
    {
        var content = new byte[_file!.Length];
        _file.ReadExactly(content);
        var keep = 0;
        var first = true;
        while (keep < content.Length)
        {
            var length = content.AsSpan(keep).IndexOf((byte)'\n') + 1;
            if (length == 0 || !TryLoadLine(content.AsMemory(keep, length), keep, first, optionsHash))
            {
                break;
            }

            keep += length;
            first = false;
        }

        _file.SetLength(keep);
        _file.Seek(0, SeekOrigin.End);
        if (keep == 0)
        {
            _entries.Clear();
            _file.Write(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["options"] = optionsHash }));
            _file.Write("\n"u8);
            _file.Flush();
        }
    }

    private bool TryLoadLine(ReadOnlyMemory<byte> line, long offset, bool first, string optionsHash)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            // Half a line is what power loss leaves: everything before it counts, the item it stood for is done again.
            return false;
        }

        using (json)
        {
            if (first)
            {
                return json.RootElement.TryGetProperty("options", out var options) && options.GetString() == optionsHash;
            }

            var result = json.RootElement.GetProperty("result");
            _entries[result.GetProperty("file").GetString()!] = new Entry(
                offset, line.Length, result.GetProperty("status").GetString() == "done", json.RootElement.GetProperty("input").GetString()!);
            return true;
        }
    }

    private readonly record struct Entry(long Offset, int Length, bool Done, string Input);
}
