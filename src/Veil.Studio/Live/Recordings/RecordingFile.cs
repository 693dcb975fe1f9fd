namespace Veil.Studio.Live.Recordings;

/// <summary>A recording that is being written. It ends with the last part that came whole; one that has none leaves no file. Not thread-safe.</summary>
/// <param name="name">What it is called when it is saved.</param>
/// <param name="stream">Without a buffer, and open for this one alone: whoever finds it so knows that it is being written.</param>
/// <param name="ended">Called when it is written no more.</param>
internal sealed class RecordingFile(string name, FileStream stream, Action ended) : IAsyncDisposable
{
    private long _whole;

    /// <summary>What it is called when it is saved; null when there is nothing to save.</summary>
    public string? Name => _whole > 0 ? name : null;

    /// <summary>Whether nothing was written yet.</summary>
    public bool IsEmpty => stream.Length == 0;

    /// <summary>Adds to the part that is coming.</summary>
    /// <exception cref="IOException">It cannot be written, e.g. since the disk is full.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> piece) => stream.WriteAsync(piece);

    /// <summary>Says that a part is whole.</summary>
    public void EndPart() => _whole = stream.Length;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        stream.SetLength(_whole);
        await stream.DisposeAsync().ConfigureAwait(false);
        if (_whole == 0)
        {
            File.Delete(stream.Name);
        }

        ended();
    }
}
