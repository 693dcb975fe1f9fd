using System.Text.Json;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Cli.Runs;

/// <summary>Writes which result came from which input: a JSON object of result names and input names.</summary>
internal static class NameMap
{
    public static void Write(string path, OutputPlan plan, OverwritePolicy existing)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach (var (item, _) in plan.Items)
            {
                json.WriteString(item.ReportedName, item.Name);
            }

            json.WriteEndObject();
        }

        // A run that goes on after an interruption finds its own map there.
        var bytes = content.ToArray();
        if (!Holds(path, bytes))
        {
            TextOutput.Write(path, existing, stream => stream.Write(bytes));
        }
    }

    private static bool Holds(string path, byte[] bytes)
    {
        try
        {
            return File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The map of names '{path}' cannot be used: {error.Message}", "Choose another file for --name-map.", error);
        }
    }
}
