using System.Text.Json;
using Veil.Errors;

namespace Veil.Pipeline.Sharding;

/// <summary>How an item of a run stands.</summary>
public enum ItemState
{
    /// <summary>Nobody has finished it yet.</summary>
    Left,

    /// <summary>Its output is in place.</summary>
    Done,

    /// <summary>It failed; the next start of its shard tries again.</summary>
    Failed,
}

/// <summary>
/// What the journal of a shard says, read without holding up whoever writes it. Takes 13 bytes of memory an item.
/// Not thread-safe.
/// </summary>
public sealed class ShardResults : IDisposable
{
    private readonly Shard _shard;
    private readonly FileStream? _file;
    private readonly long[] _places;
    private readonly int[] _lengths;
    private readonly ItemState[] _states;

    private ShardResults(Shard shard, FileStream? file, long share)
    {
        (_shard, _file) = (shard, file);
        (_places, _lengths, _states) = (new long[share], new int[share], new ItemState[share]);
    }

    /// <summary>Items of the shard.</summary>
    public long Share => _states.LongLength;

    /// <summary>Items that are done.</summary>
    public long Done { get; private set; }

    /// <summary>Items that failed.</summary>
    public long Failed { get; private set; }

    /// <summary>Items that nobody has finished yet.</summary>
    public long Left => Share - Done - Failed;

    /// <summary>True when a process has begun with the shard.</summary>
    public bool HasBegun => _file is not null;

    /// <summary>Reads a journal up to where it is sound.</summary>
    /// <param name="path">Full path; it need not exist.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="items">Items of the whole run.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>.</exception>
    public static ShardResults Read(string path, Shard shard, long items)
    {
        FileStream? file = null;
        try
        {
            file = File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;
            var results = new ShardResults(shard, file, shard.Share(items));
            results.Load();
            return results;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new VeilException(VeilErrorCode.UnreadableInput, $"The journal '{path}' cannot be read: {error.Message}", "Check that you may read the output folder.", error);
        }
    }

    /// <summary>How an item stands.</summary>
    /// <param name="number">Its number in the manifest; it belongs to this shard.</param>
    public ItemState StateOf(long number) => _states[number / _shard.Count];

    /// <summary>The journal's line of an item that is not left.</summary>
    /// <param name="number">Its number in the manifest; it belongs to this shard.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>.</exception>
    public JsonDocument Line(long number)
    {
        try
        {
            var place = number / _shard.Count;
            var line = new byte[_lengths[place]];
            _file!.Seek(_places[place], SeekOrigin.Begin);
            _file.ReadExactly(line);
            return JsonDocument.Parse(line);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"The journal '{_file!.Name}' changed while it was read: {error.Message}", "Wait until no process works on this run.", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Load()
    {
        if (_file is null)
        {
            return;
        }

        var lines = new LineReader(_file);
        lines.TryRead(out _);
        while (lines.TryRead(out var line) && TryReadState(line.Span, out var number, out var state))
        {
            // Lines that stand alone are begun items, which sharded runs do not record.
            if (number < 0 || !_shard.Owns(number) || number / _shard.Count >= Share)
            {
                return;
            }

            var place = number / _shard.Count;
            Count(_states[place], -1);
            Count(state, 1);
            (_states[place], _places[place], _lengths[place]) = (state, lines.Offset, line.Length);
        }
    }

    private void Count(ItemState state, int by)
    {
        Done += state == ItemState.Done ? by : 0;
        Failed += state == ItemState.Failed ? by : 0;
    }

    /// <summary>Number and state stand first in a line, so that counting does not cost reading it all.</summary>
    private static bool TryReadState(ReadOnlySpan<byte> line, out long number, out ItemState state)
    {
        (number, state) = (-1, ItemState.Left);
        try
        {
            var json = new Utf8JsonReader(line, isFinalBlock: false, default);
            if (!json.Read() || !json.Read() || !json.ValueTextEquals("index"u8) || !json.Read() || !json.TryGetInt64(out number)
                || !json.Read() || !json.ValueTextEquals("state"u8) || !json.Read())
            {
                return false;
            }

            state = json.ValueTextEquals("done"u8) ? ItemState.Done : ItemState.Failed;
            return line.EndsWith("}\n"u8);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
