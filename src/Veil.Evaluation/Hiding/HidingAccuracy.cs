using System.Text.Json;
using System.Text.Json.Serialization;

namespace Veil.Evaluation.Hiding;

/// <summary>How much of what is marked in pictures would be hidden; see <see cref="HidingEvaluator"/>.</summary>
public sealed record HidingAccuracy
{
    /// <summary>Pictures measured.</summary>
    public required int Pictures { get; init; }

    /// <summary>All of it, then by size, small ones first; sizes of which nothing is marked are left out.</summary>
    public required IReadOnlyList<HidingBySize> Sizes { get; init; }

    /// <summary>Regions per picture that touch nothing marked.</summary>
    public required double WrongPerPicture { get; init; }

    /// <summary>Share of the pictures' pixels that would be covered, 0..1.</summary>
    public required double CoveredShare { get; init; }

    /// <summary>Mean time of one detection, milliseconds of one thread's wall-clock time.</summary>
    public double DetectionMilliseconds { get; init; }

    /// <summary>Mean size of a picture, million pixels.</summary>
    public double Megapixels { get; init; }

    /// <summary>The result as indented JSON; keys in lower case with hyphens.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, HidingJson.Default.HidingAccuracy);
}

/// <summary>What is hidden of one size.</summary>
/// <param name="Height">The size in words: height of the marked box, pixels.</param>
/// <param name="Marked">How many are marked.</param>
/// <param name="Found">Share of them that a found region's box overlaps by half (intersection over union ≥ 0.5).</param>
/// <param name="Hidden">Share of them of which at least 0.9 of the area is covered.</param>
public sealed record HidingBySize(string Height, int Marked, double Found, double Hidden);

/// <summary>Generated writer.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(HidingAccuracy))]
internal sealed partial class HidingJson : JsonSerializerContext;
