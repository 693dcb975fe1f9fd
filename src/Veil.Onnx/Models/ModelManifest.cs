using System.Text.Json;
using System.Text.Json.Serialization;
using Veil.Errors;

namespace Veil.Onnx.Models;

/// <summary>Every model that Veil knows: the embedded models.json, read once. Thread-safe.</summary>
public static class ModelManifest
{
    private static readonly Lazy<IReadOnlyList<ModelEntry>> Entries = new(Read);

    /// <summary>All entries, in the order of the file.</summary>
    public static IReadOnlyList<ModelEntry> All => Entries.Value;

    /// <summary>The entry with this id.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: no such model; the message lists the known ones.</exception>
    public static ModelEntry Find(string id) => All.FirstOrDefault(entry => entry.Id == id) ?? throw new VeilException(
        VeilErrorCode.InvalidOption, $"Expected one of the models {string.Join(", ", All.Select(entry => entry.Id))}, but received '{id}'.");

    private static ModelEntry[] Read()
    {
        using var stream = typeof(ModelManifest).Assembly.GetManifestResourceStream("Veil.Onnx.models.json")!;
        return JsonSerializer.Deserialize(stream, ManifestJson.Default.ModelEntryArray)!;
    }
}

/// <summary>Generated reader: no reflection when a command starts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ModelEntry[]))]
internal sealed partial class ManifestJson : JsonSerializerContext;
