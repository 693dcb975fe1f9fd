using System.Text.Json;

namespace Veil.Regions;

/// <summary>
/// Writes a regions document picture by picture, so that memory does not grow with their number. Dispose closes the
/// document; it does not close the stream. Not thread-safe.
/// </summary>
public sealed class RegionsDocumentWriter : IDisposable
{
    /// <summary>Version of the format; readers refuse others.</summary>
    public const int Version = 1;

    private readonly Utf8JsonWriter _json;
    private bool _disposed;

    /// <summary>Starts a document.</summary>
    public RegionsDocumentWriter(Stream stream)
    {
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        _json.WriteStartObject();
        _json.WriteString("format", RegionsDocumentReader.Format);
        _json.WriteNumber("version", Version);
        _json.WriteStartArray("items");
    }

    /// <summary>Adds a picture.</summary>
    public void Write(RegionTimeline timeline)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        _json.WriteStartObject();
        _json.WriteString("file", timeline.File);
        _json.WriteNumber("width", timeline.Width);
        _json.WriteNumber("height", timeline.Height);
        _json.WriteStartArray("frames");
        foreach (var frame in timeline.Frames)
        {
            _json.WriteStartObject();
            _json.WriteNumber("index", frame.Index);
            if (frame.Timestamp != TimeSpan.Zero)
            {
                _json.WriteNumber("seconds", (decimal)frame.Timestamp.TotalSeconds);
            }

            RegionJson.WriteAll(_json, frame.Regions);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _json.Dispose();
    }
}
