using System.Text.Json;

namespace Veil.Datasets.Reading;

/// <summary>A file is not the JSON that it should be.</summary>
/// <param name="line">Line from 1.</param>
/// <param name="message">What was expected and what came.</param>
/// <param name="cause">Cause.</param>
internal sealed class JsonFileException(int line, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Line from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The reader's words without its own way of naming the place.</summary>
    public static string Words(JsonException error)
    {
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var path = error.Message.IndexOf(" Path:", StringComparison.Ordinal);
        var cut = (end, path) switch { ( >= 0, >= 0) => Math.Min(end, path), ( >= 0, _) => end, (_, >= 0) => path, _ => error.Message.Length };
        return "Expected JSON, but " + char.ToLowerInvariant(error.Message[0]) + error.Message[1..cut];
    }
}
