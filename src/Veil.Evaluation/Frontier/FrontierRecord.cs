using System.Text.Json;
using System.Text.Json.Serialization;

namespace Veil.Evaluation.Frontier;

/// <summary>Everything on the plane, for programs.</summary>
public static class FrontierRecord
{
    /// <summary>As JSON; shares are 0..1.</summary>
    /// <param name="result">What was measured.</param>
    public static JsonElement Of(FrontierResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonSerializer.SerializeToElement(
            new RecordedFrontier(
                result.Chance, result.Advice.Target, result.Advice.Best?.Treatment.Name, result.Advice.Best is { } best ? FrontierReport.Command(best.Treatment, result.Coverage) : null,
                [.. result.Points.Select(point => new RecordedPoint(
                    point.Treatment.Name, point.Reidentification, point.Utility, point.Attack, point.IsAtChance, result.Front.Contains(point), result.Advice.Meeting.Contains(point), point.Missing))]),
            FrontierJson.Default.RecordedFrontier);
    }
}

/// <summary>The record.</summary>
internal sealed record RecordedFrontier(double Chance, FrontierTarget Target, string? Recommended, string? Command, IReadOnlyList<RecordedPoint> Points);

/// <summary>A treatment.</summary>
internal sealed record RecordedPoint(
    string Treatment, MeasuredShare? Reidentification, MeasuredShare? Utility, string Attack, bool IsAtChance, bool IsOnFront, bool MeetsTarget, string Missing);

/// <summary>Generated writers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecordedFrontier))]
internal sealed partial class FrontierJson : JsonSerializerContext;
