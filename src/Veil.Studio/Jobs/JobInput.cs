using System.Globalization;
using System.Text.Json.Serialization;

namespace Veil.Studio.Jobs;

/// <summary>
/// A picture or film that a job works on: uploaded into its private folder, or lying on the server. The name that the owner gave
/// is kept here alone and never becomes part of a path.
/// </summary>
internal sealed record JobInput
{
    private const int LongestExtension = 5;

    /// <summary>Its place among the inputs, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The owner's name for it; any text.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes uploaded; for a file on the server, what it had when the job was accepted.</summary>
    public required long Length { get; init; }

    /// <summary>Full path of a file or folder on the server; null when it was uploaded. Never deleted.</summary>
    public string? ServerPath { get; init; }

    /// <summary>
    /// Name of the uploaded file in the job's folder: the number, and the name's extension when it is nothing but a few letters and digits.
    /// </summary>
    [JsonIgnore]
    public string StoredName => Number.ToString("D4", CultureInfo.InvariantCulture) + Extension();

    private string Extension()
    {
        var dot = Name.LastIndexOf('.');
        var letters = dot < 0 ? "" : Name[(dot + 1)..].ToLowerInvariant();
        return letters.Length is > 0 and <= LongestExtension && letters.All(char.IsAsciiLetterOrDigit) ? "." + letters : "";
    }
}
