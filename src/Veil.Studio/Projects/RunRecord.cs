using System.Text.Json;
using System.Text.Json.Serialization;
using Veil.Errors;

namespace Veil.Studio.Projects;

/// <summary>What a project was told to do and has not finished: kept in the project, so that a later studio goes on.</summary>
/// <param name="Work">What.</param>
/// <param name="Asked">When; runs go in this order.</param>
/// <param name="Paused">Whether the user stopped it for a while.</param>
/// <param name="Target">Where results go; null for finding.</param>
internal sealed record RunRecord(RunWork Work, DateTimeOffset Asked, bool Paused, ExportTarget? Target)
{
    private const string FileName = "run.json";

    /// <summary>The items that it is about; null for all that can be worked on.</summary>
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>What is done after it; null for nothing.</summary>
    public RunRecord? Following { get; init; }

    /// <summary>About how many frames films have that were not opened yet, by item; null before they were asked.</summary>
    public IReadOnlyDictionary<string, double>? Lengths { get; init; }

    /// <summary>The state of an item before it is under way.</summary>
    [JsonIgnore]
    public ItemState StateBefore => Work == RunWork.Exporting ? ItemState.Ready : ItemState.Waiting;

    /// <summary>Reads what was written; null where nothing was, or not to be understood: then nothing is done until the user asks again.</summary>
    /// <param name="folder">The project's folder for runs.</param>
    public static RunRecord? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(File.ReadAllBytes(Path.Combine(folder, FileName)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Writes it down.</summary>
    public void Write(string folder)
    {
        try
        {
            PrivateFile.Write(Path.Combine(folder, FileName), file => JsonSerializer.Serialize(file, this));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, "What is to be done cannot be written down: " + error.Message, "Check that there is room on the disk.", error);
        }
    }

    /// <summary>Forgets it.</summary>
    public static void Remove(string folder) => File.Delete(Path.Combine(folder, FileName));
}
