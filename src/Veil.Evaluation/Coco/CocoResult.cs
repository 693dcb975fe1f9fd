using System.Text.Json;
using System.Text.Json.Serialization;
using Veil.Regions;

namespace Veil.Evaluation.Coco;

/// <summary>How accurate a fixed network is on originals and on anonymized pictures.</summary>
/// <param name="Pictures">Pictures measured, the same for every row.</param>
/// <param name="Objects">What there is to find in them.</param>
/// <param name="LeftOut">Pictures that could not be used, for every row alike.</param>
/// <param name="Rows">The original first; then each kind with its treatments, in the order asked for.</param>
public sealed record CocoResult(int Pictures, int Objects, IReadOnlyList<LeftOutPicture> LeftOut, IReadOnlyList<CocoRow> Rows)
{
    /// <summary>The originals.</summary>
    [JsonIgnore]
    public CocoRow Original => Rows[0];

    /// <summary>The result for programs; keys in lower case with hyphens.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, CocoJson.Default.CocoResult);
}

/// <summary>A picture that could not be used.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why.</param>
public sealed record LeftOutPicture(string Name, string Reason);

/// <summary>One treatment of one kind of regions.</summary>
/// <param name="Treatment">Its name.</param>
/// <param name="Kind">What was anonymized; null for the original.</param>
/// <param name="Regions">How many regions that were, over all pictures.</param>
public sealed record CocoRow(string Treatment, RegionKind? Kind, int Regions)
{
    /// <summary>All figures; null where it could not be measured.</summary>
    public CocoAccuracy? Accuracy { get; init; }

    /// <summary>Average precision with its interval; null where it could not be measured, or there is nothing to find.</summary>
    public CocoInterval? Precision { get; init; }

    /// <summary>Average precision less that of the originals, with the interval of the difference; null for the original, and where it could not be measured.</summary>
    public CocoInterval? Difference { get; init; }

    /// <summary>Whether it was measured.</summary>
    public CocoRowState State { get; init; }

    /// <summary>Why it was not; null where it was.</summary>
    public string? Reason { get; init; }
}

/// <summary>Whether a treatment of a kind was measured.</summary>
public enum CocoRowState
{
    /// <summary>It was.</summary>
    Measured,

    /// <summary>It is not for that kind.</summary>
    Unsuited,

    /// <summary>It failed on a picture.</summary>
    Failed,
}

/// <summary>A figure with its 95 % confidence interval; see <see cref="PictureBootstrap"/>.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct CocoInterval(double Value, double Low, double High)
{
    /// <summary>Half the interval's width.</summary>
    [JsonIgnore]
    public double Margin => (High - Low) / 2;

    /// <summary>True where the interval does not contain 0.</summary>
    [JsonIgnore]
    public bool ExcludesZero => Low > 0 || High < 0;
}

/// <summary>What a network found in one picture, as the journal keeps it.</summary>
/// <param name="Findings">In the network's order.</param>
/// <param name="Regions">How many regions were anonymized.</param>
internal sealed record CocoMeasured(IReadOnlyList<CocoFinding> Findings, int Regions);

/// <summary>Generated readers and writers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CocoMeasured))]
[JsonSerializable(typeof(CocoResult))]
internal sealed partial class CocoJson : JsonSerializerContext;
