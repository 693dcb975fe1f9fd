using System.Text.Json.Serialization;

namespace Veil.Pipeline.Verification;

/// <summary>Whether an output holds.</summary>
public enum OutputVerdict
{
    /// <summary>Every check that could be made passed.</summary>
    Holds,

    /// <summary>Something could not be checked, so that nobody can say.</summary>
    Unchecked,

    /// <summary>A check failed.</summary>
    Fails,
}

/// <summary>How alike a network finds one face before and after.</summary>
/// <param name="Network">The network.</param>
/// <param name="Frame">The frame.</param>
/// <param name="Similarity">Cosine, −1..1.</param>
public sealed record FaceSimilarity(string Network, int Frame, double Similarity);

/// <summary>What came of checking one output against its original.</summary>
/// <param name="Findings">In the order in which they came.</param>
public sealed record OutputVerification(IReadOnlyList<OutputFinding> Findings)
{
    /// <summary>Hash of the original, lower-case hexadecimal; empty when it could not be read.</summary>
    public string OriginalSha256 { get; init; } = "";

    /// <summary>Hash of the output, lower-case hexadecimal; empty when it could not be read.</summary>
    public string OutputSha256 { get; init; } = "";

    /// <summary>Pairs of frames that were compared.</summary>
    public int Frames { get; init; }

    /// <summary>Faces of the original, over all frames compared.</summary>
    public int OriginalFaces { get; init; }

    /// <summary>Faces that the second detector found in the output, over all frames it looked at.</summary>
    public int OutputFaces { get; init; }

    /// <summary>Covered faces that were compared with their originals by recognition.</summary>
    public int FacesJudged { get; init; }

    /// <summary>Covered faces too small, turned or blurred in the original to be recognized in any case.</summary>
    public int FacesTooPoor { get; init; }

    /// <summary>The similarities of the faces judged; of films the highest of each network.</summary>
    public IReadOnlyList<FaceSimilarity> Similarities { get; init; } = [];

    /// <summary>What was done to make it hold, in order: one line for each round; empty where nothing was.</summary>
    public IReadOnlyList<string> Rounds { get; init; } = [];

    /// <summary>The gravest finding decides.</summary>
    [JsonIgnore]
    public OutputVerdict Verdict => Findings.Any(finding => finding.Tone == FindingTone.Failed) ? OutputVerdict.Fails
        : Findings.Any(finding => finding.Tone == FindingTone.Unchecked) ? OutputVerdict.Unchecked
        : OutputVerdict.Holds;

    /// <summary>
    /// As it may stand in journal and report. Where names are hidden, so is the original's hash: whoever has the original could
    /// find its result by it.
    /// </summary>
    /// <param name="item">The original.</param>
    public OutputVerification ReportedOf(MediaItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.ReportedName == item.Name ? this : this with
        {
            OriginalSha256 = "", Findings = [.. Findings.Select(finding => finding with { Message = item.Redact(finding.Message) })], Rounds = [.. Rounds.Select(item.Redact)],
        };
    }

    /// <summary>The findings against it.</summary>
    [JsonIgnore]
    public IEnumerable<OutputFinding> Against => Findings.Where(finding => finding.Tone is FindingTone.Failed or FindingTone.Unchecked);
}
