using System.Text.Json;

namespace Veil.Evaluation.Video;

/// <summary>A face of the ground truth that is seen at least once.</summary>
/// <param name="File">The film.</param>
/// <param name="Track">Its number there.</param>
/// <param name="Size">Median of the boxes' shorter sides, pixels.</param>
/// <param name="Frames">In how many frames it is.</param>
/// <param name="Leaked">The frames in which it is not covered.</param>
public sealed record LeakedTrack(string File, int Track, float Size, int Frames, IReadOnlyList<int> Leaked);

/// <summary>How many faces of films are seen, if only in one frame.</summary>
/// <param name="SmallestFace">Tracks whose median size is below this were left out, pixels.</param>
/// <param name="Tracks">How many tracks of faces there are.</param>
/// <param name="Frames">In how many frames, summed over tracks.</param>
/// <param name="Leaks">Those that are seen.</param>
/// <param name="CoveredElsewhere">The share of the films' pixels, 0..1, that is covered though no face of the truth, of any size, is there: the price.</param>
public sealed record LeakReport(float SmallestFace, int Tracks, int Frames, IReadOnlyList<LeakedTrack> Leaks, float CoveredElsewhere)
{
    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Frames of faces that are seen, summed over tracks.</summary>
    public int LeakedFrames => Leaks.Sum(leak => leak.Leaked.Count);

    /// <summary>The report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Form);
}
