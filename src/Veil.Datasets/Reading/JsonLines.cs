using System.Text.Json;

namespace Veil.Datasets.Reading;

/// <summary>A JSON file that is small enough to be held, with the lines on which the elements of its lists begin.</summary>
internal sealed class JsonLines : IDisposable
{
    private readonly JsonDocument _document;
    private readonly Dictionary<string, List<int>> _lines = new(StringComparer.Ordinal);

    private JsonLines(JsonDocument document) => _document = document;

    public JsonElement Root => _document.RootElement;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="largest">Larger files are refused, bytes.</param>
    /// <exception cref="JsonFileException">It is no JSON, or too large; has the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static JsonLines Read(string path, long largest)
    {
        if (new FileInfo(path).Length > largest)
        {
            throw new JsonFileException(1, $"Expected a file of at most {largest >> 20} MiB.");
        }

        var bytes = File.ReadAllBytes(path);
        var content = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsMemory(3) : bytes;
        try
        {
            var lines = new JsonLines(JsonDocument.Parse(content));
            lines.Index(content.Span);
            return lines;
        }
        catch (JsonException error)
        {
            throw new JsonFileException((int)Math.Min(int.MaxValue, (error.LineNumber ?? 0) + 1), JsonFileException.Words(error), error);
        }
    }

    /// <summary>The line, from 1, of an element of an outermost list; 1 where it is not known.</summary>
    /// <param name="list">The property that holds the list; empty where the file is the list.</param>
    /// <param name="index">Which element.</param>
    public int LineOf(string list, int index) => _lines.TryGetValue(list, out var lines) && index < lines.Count ? lines[index] : 1;

    public void Dispose() => _document.Dispose();

    private void Index(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var (line, counted) = (1, 0);
        var property = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                property = reader.GetString()!;
            }
            else if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == (property.Length > 0 ? 1 : 0))
            {
                var lines = _lines[property] = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var at = (int)reader.TokenStartIndex;
                    line += json[counted..at].Count((byte)'\n');
                    counted = at;
                    lines.Add(line);
                    reader.Skip();
                }
            }
        }
    }
}
