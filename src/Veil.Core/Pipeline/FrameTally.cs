using System.Text.Json;
using Veil.Identity;

namespace Veil.Pipeline;

/// <summary>What was found in the frames of an item, in numbers.</summary>
/// <param name="Frames">Frames.</param>
/// <param name="WithRegions">Those of them with at least one region.</param>
/// <param name="Regions">Regions, over all frames.</param>
/// <param name="Damaged">Frames that were covered whole because they are damaged.</param>
public readonly record struct FrameTally(int Frames, int WithRegions, int Regions, int Damaged)
{
    /// <summary>How the faces of all frames were judged; null where people were not told apart.</summary>
    public PersonCounts? People { get; init; }

    /// <summary>Adds a frame.</summary>
    internal FrameTally With(FrameState state) => new(
        Frames + 1, WithRegions + (state.Regions.Count > 0 ? 1 : 0), Regions + state.Regions.Count, Damaged + (state.Frame.IsDamaged ? 1 : 0))
    {
        People = state.People is { } people ? People.GetValueOrDefault() + people : People,
    };

    /// <summary>Writes it as an object's members.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("frameCount", Frames);
        json.WriteNumber("framesWithRegions", WithRegions);
        json.WriteNumber("regionCount", Regions);
        json.WriteNumber("damagedFrames", Damaged);
        if (People is { } people)
        {
            PersonCountsJson.Write(json, people);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="KeyNotFoundException">A number is missing.</exception>
    internal static FrameTally Read(JsonElement tally) => new(
        tally.GetProperty("frameCount").GetInt32(), tally.GetProperty("framesWithRegions").GetInt32(),
        tally.GetProperty("regionCount").GetInt32(), tally.GetProperty("damagedFrames").GetInt32())
    {
        People = tally.TryGetProperty(PersonCountsJson.Name, out var people) ? PersonCountsJson.Read(people) : null,
    };
}
