using System.Text.Json;
using System.Text.Json.Serialization;
using Veil.Evaluation.Coco;

namespace Veil.Evaluation.Bodies;

/// <summary>Accuracy of a detector of people on marked pictures; see <see cref="BodyEvaluator"/>.</summary>
public sealed record BodyAccuracy
{
    /// <summary>Pictures measured, those without people included.</summary>
    public required int Pictures { get; init; }

    /// <summary>People marked one by one.</summary>
    public required int People { get; init; }

    /// <summary>Average precision at an intersection over union of one half, 0..1; 0 where nobody is marked.</summary>
    public double AveragePrecision => Coco.PrecisionAtHalf ?? 0;

    /// <summary>All of COCO's figures.</summary>
    public required CocoAccuracy Coco { get; init; }

    /// <summary>At the threshold that gives one false positive per picture.</summary>
    public required BodyOperatingPoint AtOneFalsePositive { get; init; }

    /// <summary>At the threshold in use; null when that was not asked for.</summary>
    public BodyOperatingPoint? AtDefault { get; init; }

    /// <summary>Mean time of one detection, milliseconds of one thread's wall-clock time; 0 when detections came from elsewhere.</summary>
    public double DetectionMilliseconds { get; init; }

    /// <summary>The result as indented JSON; keys in lower case with hyphens.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, BodyAccuracyJson.Default.BodyAccuracy);
}

/// <summary>Generated writer.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BodyAccuracy))]
internal sealed partial class BodyAccuracyJson : JsonSerializerContext;
