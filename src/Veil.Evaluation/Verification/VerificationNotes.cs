using Veil.Pipeline.Verification;

namespace Veil.Evaluation.Verification;

/// <summary>What checks have found about one pair so far. Of endless findings of one kind the first are kept and the others counted. Not thread-safe.</summary>
public sealed class VerificationNotes
{
    private const int MostOfOneCheck = 50;
    private readonly List<OutputFinding> _findings = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<FaceSimilarity> _similarities = [];

    /// <summary>Faces of the original, over all frames.</summary>
    public int OriginalFaces { get; set; }

    /// <summary>Faces found in the output.</summary>
    public int OutputFaces { get; set; }

    /// <summary>Faces that recognition compared.</summary>
    public int FacesJudged { get; set; }

    /// <summary>Faces too poor to be recognized in the original.</summary>
    public int FacesTooPoor { get; set; }

    /// <summary>Frames compared.</summary>
    public int Frames { get; set; }

    /// <summary>Hash of the original.</summary>
    public string OriginalSha256 { get; set; } = "";

    /// <summary>Hash of the output.</summary>
    public string OutputSha256 { get; set; } = "";

    /// <summary>Adds a finding.</summary>
    /// <param name="check">Who found it.</param>
    /// <param name="tone">How grave.</param>
    /// <param name="message">One sentence.</param>
    /// <param name="place">Where; null for the file as a whole.</param>
    /// <param name="value">What was measured; null for nothing.</param>
    public void Add(IOutputCheck check, FindingTone tone, string message, FindingPlace? place = null, double? value = null)
    {
        ArgumentNullException.ThrowIfNull(check);
        Add(check.Id, tone, message, place, value);
    }

    /// <summary>Keeps a similarity; of films, only each network's highest.</summary>
    /// <param name="similarity">What a network says.</param>
    /// <param name="moving">True for a film.</param>
    public void Add(FaceSimilarity similarity, bool moving)
    {
        ArgumentNullException.ThrowIfNull(similarity);
        var known = moving ? _similarities.FindIndex(one => one.Network == similarity.Network) : -1;
        if (known < 0)
        {
            _similarities.Add(similarity);
        }
        else if (_similarities[known].Similarity < similarity.Similarity)
        {
            _similarities[known] = similarity;
        }
    }

    /// <summary>All of it.</summary>
    public OutputVerification ToVerification()
    {
        var more = _counts.Where(count => count.Value > MostOfOneCheck)
            .Select(count => new OutputFinding(count.Key, FindingTone.Note, FormattableString.Invariant($"{count.Value - MostOfOneCheck} more findings are not listed")));
        return new OutputVerification([.. _findings, .. more])
        {
            OriginalSha256 = OriginalSha256, OutputSha256 = OutputSha256, Frames = Frames, OriginalFaces = OriginalFaces, OutputFaces = OutputFaces,
            FacesJudged = FacesJudged, FacesTooPoor = FacesTooPoor, Similarities = [.. _similarities],
        };
    }

    internal void Add(string check, FindingTone tone, string message, FindingPlace? place = null, double? value = null)
    {
        var count = _counts[check] = _counts.GetValueOrDefault(check) + 1;
        if (count <= MostOfOneCheck || (tone > FindingTone.Doubtful && !_findings.Any(finding => finding.Check == check && finding.Tone == tone)))
        {
            _findings.Add(new OutputFinding(check, tone, message) { Place = place, Value = value });
        }
    }
}
