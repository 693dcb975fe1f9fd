using System.Text.Json.Serialization;

namespace Veil.Client;

/// <summary>What would be covered in a picture.</summary>
/// <param name="Width">Columns of the upright picture, pixels.</param>
/// <param name="Height">Rows of the upright picture, pixels.</param>
/// <param name="Frames">Its frames; one for a still.</param>
/// <param name="Notes">What to know about the picture.</param>
public sealed record Detections(int Width, int Height, IReadOnlyList<DetectedFrame> Frames, IReadOnlyList<string> Notes);

/// <summary>A frame.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Regions">What was found, not grown.</param>
public sealed record DetectedFrame(int Index, IReadOnlyList<DetectedRegion> Regions);

/// <summary>A region.</summary>
/// <param name="Box">Left, top, right, bottom: pixel edges of the upright picture.</param>
/// <param name="Kind">E.g. <c>face</c>.</param>
/// <param name="Score">How sure the detector is, 0..1.</param>
/// <param name="Origin">Who found it.</param>
public sealed record DetectedRegion(IReadOnlyList<double> Box, string Kind, double Score, DetectedOrigin Origin)
{
    /// <summary>Points of a face, x and y each; null where the detector gives none.</summary>
    [JsonPropertyName("landmarks")]
    public IReadOnlyList<IReadOnlyList<double>>? Landmarks { get; init; }
}

/// <summary>Who found a region.</summary>
/// <param name="Source">E.g. <c>detector</c>.</param>
/// <param name="Name">The detector's id; may be null.</param>
public sealed record DetectedOrigin(string Source, string? Name);
