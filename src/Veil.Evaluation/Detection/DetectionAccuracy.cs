using System.Text.Json;
using System.Text.Json.Serialization;

namespace Veil.Evaluation.Detection;

/// <summary>Accuracy of a detector on marked pictures. Average precision as WIDER FACE defines it; see <see cref="DetectionEvaluator"/>.</summary>
public sealed record DetectionAccuracy
{
    /// <summary>Pictures measured.</summary>
    public required int Pictures { get; init; }

    /// <summary>Faces that count in any subset.</summary>
    public required int Faces { get; init; }

    /// <summary>Average precision on the easy subset, 0..1.</summary>
    public required double Easy { get; init; }

    /// <summary>Average precision on the medium subset, 0..1.</summary>
    public required double Medium { get; init; }

    /// <summary>Average precision on the hard subset, 0..1.</summary>
    public required double Hard { get; init; }

    /// <summary>Recall by face size (√area) at one false positive per picture.</summary>
    public required FaceSizeRecall Recall { get; init; }

    /// <summary>All about the threshold that gives one false positive per picture.</summary>
    public required OperatingPoint AtOneFalsePositive { get; init; }

    /// <summary>The same at the detector's own default threshold; null when that was not asked for.</summary>
    public OperatingPoint? AtDefault { get; init; }

    /// <summary>Mean time of one detection, milliseconds of one thread's wall-clock time; 0 when detections came from elsewhere.</summary>
    public double DetectionMilliseconds { get; init; }

    /// <summary>Mean time of decoding one picture, milliseconds.</summary>
    public double DecodingMilliseconds { get; init; }

    /// <summary>The result as indented JSON; keys in lower case with hyphens, e.g. <c>easy</c>, <c>recall</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AccuracyJson.Default.DetectionAccuracy);
}

/// <summary>Generated writer.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(DetectionAccuracy))]
internal sealed partial class AccuracyJson : JsonSerializerContext;
